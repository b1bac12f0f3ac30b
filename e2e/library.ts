// What a user of Nebula does, step by step, for suites that need it done.
import { expect } from "hangar/vitest";
import type { TestCloud } from "hangar/vitest";
import { Jimp } from "jimp";
import type { Account, Message } from "./account.ts";

export type Album = { readonly id: string; readonly title: string; readonly description: string };
export type Upload = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type Photo = {
  readonly id: string;
  readonly albumId: string;
  readonly fileName: string;
  readonly caption: string;
  readonly status: string;
  readonly reason?: string;
  readonly width?: number;
  readonly height?: number;
  readonly thumbnailUrl?: string;
  readonly pictureUrl?: string;
  readonly createdAt: string;
};

const sunsets = new Map<string, Promise<Buffer>>();

/** Painted once: many tests upload it. */
export function sunset(width = 640, height = 400): Promise<Buffer> {
  const size = `${width}x${height}`;
  const painted = sunsets.get(size) ?? new Jimp({ width, height, color: 0xe8734aff }).getBuffer("image/png");
  sunsets.set(size, painted);
  return painted;
}

export async function makeAlbum(who: Account, title = "Summer"): Promise<Album> {
  const { status, body } = await who.call<Album & Message>("POST", "albums", { title });
  if (status !== 201) throw new Error(`No album: ${status} ${body.message}`);
  return body;
}

export type Announced = { readonly photo: Photo; readonly upload: Upload };

export async function announce(
  who: Account,
  album: Album,
  facts: { contentType?: string; bytes: number },
): Promise<Announced> {
  const request = { fileName: "sunset.png", contentType: "image/png", ...facts };
  const { status, body } = await who.call<Announced & Message>("POST", `albums/${album.id}/photos`, request);
  if (status !== 201) throw new Error(`No photo: ${status} ${body.message}`);
  return body;
}

export async function put({ method, url, headers }: Upload, bytes: Uint8Array): Promise<void> {
  const answer = await fetch(url, { method, headers, body: Buffer.from(bytes) });
  if (answer.status !== 200) throw new Error(`The upload was refused: ${answer.status} ${await answer.text()}`);
}

export async function photoNow(who: Account, { albumId, id }: Photo): Promise<Photo> {
  return (await who.call<Photo>("GET", `albums/${albumId}/photos/${id}`)).body;
}

/** Uploads bytes as a new photo, which is then either ready or rejected. */
export async function uploadPhoto(cloud: TestCloud, who: Account, album: Album, bytes: Uint8Array): Promise<Photo> {
  const { photo, upload } = await announce(who, album, { bytes: bytes.length });
  await put(upload, bytes);
  const until = async () => {
    const now = await photoNow(who, photo);
    expect(["ready", "rejected"]).toContain(now.status);
    return now;
  };
  return cloud.settle({ until });
}
