// What a user of Nebula does, step by step, for suites that need it done.
import { Jimp } from "jimp";
import type { Account, Message } from "./account.ts";
import { reach } from "./reach.ts";
import type { Target } from "./target.ts";
import { settled } from "./world.ts";

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

export const sunset = (width = 640, height = 400): Promise<Buffer> =>
  new Jimp({ width, height, color: 0xe8734aff }).getBuffer("image/png");

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
  const { status, text } = await reach(url, { method, headers, body: bytes });
  if (status !== 200) throw new Error(`The upload was refused: ${status} ${text}`);
}

export async function photoNow(who: Account, { albumId, id }: Photo): Promise<Photo> {
  return (await who.call<Photo>("GET", `albums/${albumId}/photos/${id}`)).body;
}

/** Uploads bytes as a new photo, and waits until it is either ready or rejected. */
export async function uploadPhoto(target: Target, who: Account, album: Album, bytes: Uint8Array): Promise<Photo> {
  const { photo, upload } = await announce(who, album, { bytes: bytes.length });
  await put(upload, bytes);
  return settled(target, `photo ${photo.id}`, async () => {
    const now = await photoNow(who, photo);
    return now.status === "ready" || now.status === "rejected" ? now : undefined;
  });
}
