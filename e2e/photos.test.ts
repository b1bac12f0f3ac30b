// Photos: announced, uploaded straight to the bucket, checked, made small, listed and deleted.
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { Jimp } from "jimp";
import type { Clients } from "./clients.ts";
import { needs } from "./features.ts";
import { announce, makeAlbum, photoNow, put, sunset, uploadPhoto } from "./library.ts";
import type { Photo } from "./library.ts";
import { reach } from "./reach.ts";
import type { Target } from "./target.ts";
import { expect, test } from "./test.ts";
import { advance, settled } from "./world.ts";

const keys = async (aws: Clients, bucket: string, prefix: string) => {
  const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Contents.map(({ Key }) => Key);
};

test("an uploaded picture gets a thumbnail", async ({ world, ada }) => {
  const album = await makeAlbum(ada);
  const picture = await sunset(640, 400);
  const photo = await uploadPhoto(world, ada, album, picture);
  expect(photo).toMatchObject({ status: "ready", fileName: "sunset.png", width: 640, height: 400 });

  const thumbnail = await reach(photo.thumbnailUrl ?? "");
  expect([thumbnail.status, thumbnail.headers["content-type"]]).toEqual([200, "image/jpeg"]);
  const image = await Jimp.read(thumbnail.bytes);
  expect([image.width, image.height]).toEqual([320, 200]);
  const original = await reach(photo.pictureUrl ?? "");
  expect(original.bytes.equals(picture)).toBe(true);

  const inAlbum = await ada.call<{ photos: Photo[] }>("GET", `albums/${album.id}/photos`);
  expect(inAlbum.body.photos.map(({ id }) => id)).toEqual([photo.id]);
  const newest = await settled(world, "the newest photos", async () => {
    const { photos } = (await ada.call<{ photos: Photo[] }>("GET", "photos")).body;
    return photos.length > 0 ? photos : undefined;
  });
  expect(newest.map(({ id }) => id)).toEqual([photo.id]);
});

test("an upload that moved on is cleared away", async ({ world, aws, ada }) => {
  const album = await makeAlbum(ada);
  const { id } = await uploadPhoto(world, ada, album, await sunset());
  const { UploadsBucket } = world.outputs;
  await settled(world, "the incoming object's end", async () =>
    (await keys(aws, UploadsBucket, `incoming/${ada.user}/${album.id}/${id}`)).length === 0 ? true : undefined,
  );
});

async function rejectionOf(world: Target, aws: Clients, photo: Photo): Promise<unknown> {
  const QueueUrl = world.outputs.RejectionsQueueUrl;
  return settled(world, "the announcement", async () => {
    const { Messages = [] } = await aws.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    for (const { Body = "{}", ReceiptHandle } of Messages) {
      const message = JSON.parse(Body) as { photoId?: string };
      if (message.photoId !== photo.id) continue;
      await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return message;
    }
    return undefined;
  });
}

test("what is no picture is rejected, announced on the topic, and not kept", async ({ world, aws, ada }) => {
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(world, ada, album, Buffer.from("#!/bin/sh\necho not a picture\n"));
  const reason = "The file is not a JPEG, PNG or GIF picture";
  expect(photo).toMatchObject({ status: "rejected", reason });
  expect(photo).not.toHaveProperty("thumbnailUrl");
  expect(await rejectionOf(world, aws, photo)).toEqual({
    owner: ada.user,
    albumId: album.id,
    photoId: photo.id,
    reason,
  });
  expect(await keys(aws, world.outputs.UploadsBucket, `photos/${ada.user}/`)).toEqual([]);
  expect(await keys(aws, world.outputs.ThumbnailsBucket, `thumbnails/${ada.user}/`)).toEqual([]);
});

test("a picture that breaks off is rejected as damaged", async ({ world, ada }) => {
  const photo = await uploadPhoto(world, ada, await makeAlbum(ada), (await sunset()).subarray(0, 60));
  expect(photo).toMatchObject({ status: "rejected", reason: "The picture is damaged" });
});

test("what cannot be checked three times waits in the dead-letter queue", async ({ world, aws, skip }) => {
  needs({ skip }, world, "clock");
  const { IncomingQueueUrl, FailedUploadsQueueUrl } = world.outputs;
  await aws.sqs.send(new SendMessageCommand({ QueueUrl: IncomingQueueUrl, MessageBody: "no event at all" }));
  const receive = new ReceiveMessageCommand({ QueueUrl: FailedUploadsQueueUrl, AttributeNames: ["All"] });
  // Each failed try hides the message for the queue's visibility timeout of two minutes.
  await advance(world, "3 minutes");
  expect((await aws.sqs.send(receive)).Messages ?? []).toEqual([]);
  await advance(world, "3 minutes");
  await advance(world, "3 minutes");
  const [message] = await settled(world, "the dead letter", async () => (await aws.sqs.send(receive)).Messages);
  expect(message?.Body).toBe("no event at all");
});

test("an upload must be what was announced", async ({ world, ada, skip }) => {
  needs({ skip }, world, "presigned headers");
  const picture = await sunset();
  const { photo, upload } = await announce(ada, await makeAlbum(ada), { bytes: picture.length });
  const other = await reach(upload.url, { method: "PUT", headers: { "Content-Type": "text/html" }, body: picture });
  expect(other.status).toBe(403);
  expect(other.text).toContain("<Code>SignatureDoesNotMatch</Code>");
  const longer = await reach(upload.url, { ...upload, body: Buffer.concat([picture, picture]) });
  expect(longer.status).toBe(403);
  expect((await photoNow(ada, photo)).status).toBe("waiting");
  await put(upload, picture);
});

test("a browser of another origin may upload", async ({ ada }) => {
  const { upload } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  const preflight = await reach(upload.url, {
    method: "OPTIONS",
    headers: {
      Origin: "https://example.org",
      "Access-Control-Request-Method": "PUT",
      "Access-Control-Request-Headers": "content-type",
    },
  });
  expect(preflight.status).toBe(200);
  expect(preflight.headers["access-control-allow-methods"]).toContain("PUT");
  expect(preflight.headers["access-control-allow-origin"]).toBe("*");
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

test("a caption changes, and a deleted photo leaves nothing behind", async ({ world, aws, ada }) => {
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(world, ada, album, await sunset());
  const path = `albums/${album.id}/photos/${photo.id}`;
  expect(await ada.call("PUT", path, { caption: "The last evening" })).toMatchObject({
    status: 200,
    body: { caption: "The last evening", status: "ready" },
  });
  expect((await ada.call("DELETE", path)).status).toBe(204);
  expect((await ada.call("GET", path)).status).toBe(404);
  expect(await keys(aws, world.outputs.UploadsBucket, `photos/${ada.user}/`)).toEqual([]);
  expect(await keys(aws, world.outputs.ThumbnailsBucket, `thumbnails/${ada.user}/`)).toEqual([]);
});

test("a deleted album takes its photos along", async ({ world, aws, ada }) => {
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(world, ada, album, await sunset());
  expect((await ada.call("DELETE", `albums/${album.id}`)).status).toBe(204);
  expect((await ada.call("GET", `albums/${album.id}/photos/${photo.id}`)).status).toBe(404);
  expect(await keys(aws, world.outputs.UploadsBucket, `photos/${ada.user}/`)).toEqual([]);
});
