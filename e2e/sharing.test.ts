// Share links: anybody may look, for a while.
import { DescribeTimeToLiveCommand, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { callApi } from "./account.ts";
import { needs } from "./features.ts";
import { announce, makeAlbum, sunset, uploadPhoto } from "./library.ts";
import type { Photo } from "./library.ts";
import { reach } from "./reach.ts";
import { expect, test } from "./test.ts";
import { advance, settled } from "./world.ts";

type Share = { readonly id: string; readonly expiresAt: string };
const sharePath = ({ albumId, id }: Photo) => `albums/${albumId}/photos/${id}/shares`;
const shareKey = (id: string) => ({ pk: { S: `SHARE#${id}` }, sk: { S: "SHARE" } });

test("anybody with the link sees the picture", async ({ world, ada }) => {
  const picture = await sunset();
  const photo = await uploadPhoto(world, ada, await makeAlbum(ada), picture);
  const share = await ada.call<Share>("POST", sharePath(photo), { minutes: 60 });
  expect(share.status).toBe(201);
  const seen = await callApi<Photo>(world, `GET /shares/${share.body.id}`);
  expect(seen).toMatchObject({
    status: 200,
    body: { fileName: "sunset.png", expiresAt: share.body.expiresAt, width: 640 },
  });
  expect((await reach(seen.body.pictureUrl ?? "")).bytes.equals(picture)).toBe(true);
});

test("the link carries the time at which DynamoDB removes it", async ({ world, aws, ada }) => {
  const photo = await uploadPhoto(world, ada, await makeAlbum(ada), await sunset());
  const { id, expiresAt } = (await ada.call<Share>("POST", sharePath(photo), { minutes: 60 })).body;
  const TableName = world.outputs.TableName;
  const { Item } = await aws.dynamodb.send(new GetItemCommand({ TableName, Key: shareKey(id) }));
  expect(Item?.["expiresAt"]?.N).toBe(String(Date.parse(expiresAt) / 1000));
  const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(TimeToLiveDescription).toEqual({ AttributeName: "expiresAt", TimeToLiveStatus: "ENABLED" });
});

test("after its time the link is dead, and DynamoDB removes it", async ({ world, aws, ada, skip }) => {
  needs({ skip }, world, "clock");
  const photo = await uploadPhoto(world, ada, await makeAlbum(ada), await sunset());
  const { id } = (await ada.call<Share>("POST", sharePath(photo), { minutes: 60 })).body;
  await advance(world, "59 minutes");
  expect((await callApi(world, `GET /shares/${id}`)).status).toBe(200);
  await advance(world, "2 minutes");
  expect(await callApi(world, `GET /shares/${id}`)).toMatchObject({
    status: 404,
    body: { message: "This link has expired, or never was" },
  });
  // DynamoDB promises a few days.
  await advance(world, "49 hours");
  await settled(world, "the item's end", async () => {
    const { Item } = await aws.dynamodb.send(
      new GetItemCommand({ TableName: world.outputs.TableName, Key: shareKey(id) }),
    );
    return Item === undefined ? true : undefined;
  });
});

test("a link that never was is not found", async ({ world }) => {
  expect((await callApi(world, "GET /shares/never")).status).toBe(404);
});

test("a photo that is not ready cannot be shared", async ({ ada }) => {
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  expect((await ada.call("POST", sharePath(photo), { minutes: 60 })).status).toBe(409);
});

test.for([0, 43_201, 1.5, "60"])("a link for %j minutes is refused", async (minutes, { ada }) => {
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  expect((await ada.call("POST", sharePath(photo), { minutes })).status).toBe(400);
});
