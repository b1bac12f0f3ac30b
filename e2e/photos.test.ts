// Photos: announced, uploaded straight to the bucket, checked, made small, listed and deleted.
import type { Aws } from "hangar/vitest";
import { Jimp } from "jimp";
import { announce, makeAlbum, photoNow, put, sunset, uploadPhoto } from "./library.ts";
import type { Photo } from "./library.ts";
import { expect, test } from "./test.ts";

const keys = async (aws: Aws, bucket: string, prefix: string) => {
  const { Contents = [] } = await aws.s3.listObjectsV2({ Bucket: bucket, Prefix: prefix });
  return Contents.map(({ Key }) => Key);
};

test("an uploaded picture gets a thumbnail", async ({ cloud, ada }) => {
  const album = await makeAlbum(ada);
  const picture = await sunset(640, 400);
  const photo = await uploadPhoto(cloud, ada, album, picture);
  expect(photo).toMatchObject({ status: "ready", fileName: "sunset.png", width: 640, height: 400 });

  const thumbnail = await fetch(photo.thumbnailUrl ?? "");
  expect([thumbnail.status, thumbnail.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  const image = await Jimp.read(Buffer.from(await thumbnail.arrayBuffer()));
  expect([image.width, image.height]).toEqual([320, 200]);
  const original = await fetch(photo.pictureUrl ?? "");
  expect(picture.equals(await original.bytes())).toBe(true);

  const inAlbum = await ada.call<{ photos: Photo[] }>("GET", `albums/${album.id}/photos`);
  expect(inAlbum.body.photos.map(({ id }) => id)).toEqual([photo.id]);
  // An index, which DynamoDB keeps up to date a moment later.
  const until = async () => {
    const { photos } = (await ada.call<{ photos: Photo[] }>("GET", "photos")).body;
    expect(photos.map(({ id }) => id)).toEqual([photo.id]);
  };
  await cloud.settle({ until });
});

test("pictures that are uploaded at once are all ready once the cloud has settled", async ({ cloud, ada }) => {
  const album = await makeAlbum(ada);
  const picture = await sunset();
  const announced = await Promise.all([1, 2, 3].map(() => announce(ada, album, { bytes: picture.length })));
  await Promise.all(announced.map(({ upload }) => put(upload, picture)));
  const until = async () => {
    const { photos } = (await ada.call<{ photos: Photo[] }>("GET", `albums/${album.id}/photos`)).body;
    expect(photos.map(({ status }) => status)).toEqual(["ready", "ready", "ready"]);
  };
  await cloud.settle({ until });
});

test("an upload that moved on is cleared away", async ({ stack, aws, cloud, ada }) => {
  const album = await makeAlbum(ada);
  const { id } = await uploadPhoto(cloud, ada, album, await sunset());
  const { UploadsBucket } = stack.outputs;
  const until = async () =>
    expect(await keys(aws, UploadsBucket, `incoming/${ada.user}/${album.id}/${id}`)).toEqual([]);
  await cloud.settle({ until });
});

test("what is no picture is rejected, announced on the topic, and not kept", async ({ stack, aws, cloud, ada }) => {
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(cloud, ada, album, Buffer.from("#!/bin/sh\necho not a picture\n"));
  const reason = "The file is not a JPEG, PNG or GIF picture";
  expect(photo).toMatchObject({ status: "rejected", reason });
  expect(photo).not.toHaveProperty("thumbnailUrl");
  const QueueUrl = stack.outputs.RejectionsQueueUrl;
  const until = async () => {
    const { Messages = [] } = await aws.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
    const announced = Messages.map(({ Body = "{}" }) => JSON.parse(Body) as unknown);
    expect(announced).toContainEqual({ owner: ada.user, albumId: album.id, photoId: photo.id, reason });
  };
  await cloud.settle({ until });
  expect(await keys(aws, stack.outputs.UploadsBucket, `photos/${ada.user}/`)).toEqual([]);
  expect(await keys(aws, stack.outputs.ThumbnailsBucket, `thumbnails/${ada.user}/`)).toEqual([]);
});

test("a picture that breaks off is rejected as damaged", async ({ cloud, ada }) => {
  const photo = await uploadPhoto(cloud, ada, await makeAlbum(ada), (await sunset()).subarray(0, 60));
  expect(photo).toMatchObject({ status: "rejected", reason: "The picture is damaged" });
});

test("what cannot be checked three times waits in the dead-letter queue", async ({ stack, aws, cloud }) => {
  cloud.needs("clock");
  const { IncomingQueueUrl, FailedUploadsQueueUrl } = stack.outputs;
  await aws.sqs.sendMessage({ QueueUrl: IncomingQueueUrl, MessageBody: "no event at all" });
  const deadLetters = async () => (await aws.sqs.receiveMessage({ QueueUrl: FailedUploadsQueueUrl })).Messages ?? [];
  // Each failed try hides the message for the queue's visibility timeout of two minutes.
  await cloud.clock.advance("3 minutes");
  expect(await deadLetters()).toEqual([]);
  await cloud.clock.advance("6 minutes");
  expect((await deadLetters()).map(({ Body }) => Body)).toEqual(["no event at all"]);
});

test("an upload must be what was announced", async ({ cloud, ada }) => {
  cloud.needs("presigned headers");
  const picture = await sunset();
  const { photo, upload } = await announce(ada, await makeAlbum(ada), { bytes: picture.length });
  const html = { "Content-Type": "text/html" };
  const other = await fetch(upload.url, { method: "PUT", headers: html, body: Buffer.from(picture) });
  expect(other.status).toBe(403);
  expect(await other.text()).toContain("<Code>SignatureDoesNotMatch</Code>");
  const longer = await fetch(upload.url, { ...upload, body: Buffer.concat([picture, picture]) });
  expect(longer.status).toBe(403);
  expect((await photoNow(ada, photo)).status).toBe("waiting");
  await put(upload, picture);
});

test("a browser of another origin may upload", async ({ ada }) => {
  const { upload } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  const preflight = await fetch(upload.url, {
    method: "OPTIONS",
    headers: {
      Origin: "https://example.org",
      "Access-Control-Request-Method": "PUT",
      "Access-Control-Request-Headers": "content-type",
    },
  });
  expect(preflight.status).toBe(200);
  expect(preflight.headers.get("access-control-allow-methods")).toContain("PUT");
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
});

test.for([
  ["the file name is missing", { contentType: "image/png", bytes: 5 }],
  ["the type is none of ours", { fileName: "a.svg", contentType: "image/svg+xml", bytes: 5 }],
  ["it is empty", { fileName: "a.png", contentType: "image/png", bytes: 0 }],
  ["it is larger than 10 MB", { fileName: "a.png", contentType: "image/png", bytes: 10 * 1024 * 1024 + 1 }],
  ["its size is half a byte", { fileName: "a.png", contentType: "image/png", bytes: 1.5 }],
] as const)("a photo is refused when %s", async ([, body], { ada }) => {
  const album = await makeAlbum(ada);
  expect(await ada.call("POST", `albums/${album.id}/photos`, body)).toMatchObject({
    status: 400,
    body: { message: "Invalid request body" },
  });
  expect((await ada.call<{ photos: Photo[] }>("GET", `albums/${album.id}/photos`)).body.photos).toEqual([]);
});

test("a caption changes, and a deleted photo leaves nothing behind", async ({ stack, aws, cloud, ada }) => {
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(cloud, ada, album, await sunset());
  const path = `albums/${album.id}/photos/${photo.id}`;
  expect(await ada.call("PUT", path, { caption: "The last evening" })).toMatchObject({
    status: 200,
    body: { caption: "The last evening", status: "ready" },
  });
  expect((await ada.call("DELETE", path)).status).toBe(204);
  expect((await ada.call("GET", path)).status).toBe(404);
  expect(await keys(aws, stack.outputs.UploadsBucket, `photos/${ada.user}/`)).toEqual([]);
  expect(await keys(aws, stack.outputs.ThumbnailsBucket, `thumbnails/${ada.user}/`)).toEqual([]);
});

test("a deleted album takes its photos along", async ({ stack, aws, cloud, ada }) => {
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(cloud, ada, album, await sunset());
  expect((await ada.call("DELETE", `albums/${album.id}`)).status).toBe(204);
  expect((await ada.call("GET", `albums/${album.id}/photos/${photo.id}`)).status).toBe(404);
  expect(await keys(aws, stack.outputs.UploadsBucket, `photos/${ada.user}/`)).toEqual([]);
});
