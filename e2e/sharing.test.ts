// Share links: anybody may look, for a while.
import { callApi } from "./account.ts";
import { announce, makeAlbum, sunset, uploadPhoto } from "./library.ts";
import type { Photo } from "./library.ts";
import { expect, test } from "./test.ts";

type Share = { readonly id: string; readonly expiresAt: string };
const sharePath = ({ albumId, id }: Photo) => `albums/${albumId}/photos/${id}/shares`;
const shareKey = (id: string) => ({ pk: { S: `SHARE#${id}` }, sk: { S: "SHARE" } });

test("anybody with the link sees the picture", async ({ stack, cloud, ada }) => {
  const picture = await sunset();
  const photo = await uploadPhoto(cloud, ada, await makeAlbum(ada), picture);
  const share = await ada.call<Share>("POST", sharePath(photo), { minutes: 60 });
  expect(share.status).toBe(201);
  const seen = await callApi<Photo>(stack, `GET /shares/${share.body.id}`);
  expect(seen).toMatchObject({
    status: 200,
    body: { fileName: "sunset.png", expiresAt: share.body.expiresAt, width: 640 },
  });
  const seenPicture = await fetch(seen.body.pictureUrl ?? "");
  expect(picture.equals(await seenPicture.bytes())).toBe(true);
});

test("the link carries the time at which DynamoDB removes it", async ({ stack, aws, cloud, ada }) => {
  const photo = await uploadPhoto(cloud, ada, await makeAlbum(ada), await sunset());
  const { id, expiresAt } = (await ada.call<Share>("POST", sharePath(photo), { minutes: 60 })).body;
  const TableName = stack.outputs.TableName;
  const { Item } = await aws.dynamodb.getItem({ TableName, Key: shareKey(id), ConsistentRead: true });
  expect(Item?.["expiresAt"]?.N).toBe(String(Date.parse(expiresAt) / 1000));
  const { TimeToLiveDescription } = await aws.dynamodb.describeTimeToLive({ TableName });
  expect(TimeToLiveDescription).toEqual({ AttributeName: "expiresAt", TimeToLiveStatus: "ENABLED" });
});

test("after its time the link is dead, and DynamoDB removes it", async ({ stack, aws, cloud, ada }) => {
  cloud.needs("clock");
  const photo = await uploadPhoto(cloud, ada, await makeAlbum(ada), await sunset());
  const { id } = (await ada.call<Share>("POST", sharePath(photo), { minutes: 60 })).body;
  await cloud.clock.advance("59 minutes");
  expect((await callApi(stack, `GET /shares/${id}`)).status).toBe(200);
  await cloud.clock.advance("2 minutes");
  expect(await callApi(stack, `GET /shares/${id}`)).toMatchObject({
    status: 404,
    body: { message: "This link has expired, or never was" },
  });
  // DynamoDB promises a few days.
  await cloud.clock.advance("49 hours");
  const { Item } = await aws.dynamodb.getItem({ TableName: stack.outputs.TableName, Key: shareKey(id) });
  expect(Item).toBeUndefined();
});

test("a link that never was is not found", async ({ stack }) => {
  expect((await callApi(stack, "GET /shares/never")).status).toBe(404);
});

test("a photo that is not ready cannot be shared", async ({ ada }) => {
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  expect((await ada.call("POST", sharePath(photo), { minutes: 60 })).status).toBe(409);
});

test.for([0, 43_201, 1.5, "60"])("a link for %j minutes is refused", async (minutes, { ada }) => {
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  expect((await ada.call("POST", sharePath(photo), { minutes })).status).toBe(400);
});
