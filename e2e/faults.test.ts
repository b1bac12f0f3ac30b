// When AWS fails: what is tried again, and what the user reads when that does not help.
import { announce, makeAlbum, photoNow, put, sunset } from "./library.ts";
import type { Album } from "./library.ts";
import { expect, test } from "./test.ts";

test("a throttled write is tried again, and the user notices nothing", async ({ cloud, ada }) => {
  await cloud.faults.next("dynamodb:PutItem", "ProvisionedThroughputExceededException");
  const album = await makeAlbum(ada);
  expect((await ada.call<Album>("GET", `albums/${album.id}`)).body).toEqual(album);
  const title = { title: { S: "Summer" } };
  const error = "ProvisionedThroughputExceededException";
  await expect(cloud.trace).toHaveCalled("dynamodb:PutItem", { Item: title }, { times: 1, error });
  await expect(cloud.trace).toHaveCalled("dynamodb:PutItem", { Item: title }, { times: 1 });
});

test("a table that fails gives the user a proper error, and nothing is half done", async ({ cloud, ada }) => {
  await cloud.faults.next("dynamodb:PutItem", "InternalServerError", { times: 100 });
  const refused = await ada.call("POST", "albums", { title: "Summer" });
  expect([refused.status, refused.body]).toEqual([500, { message: "Something went wrong on our side" }]);
  // A web page may read why.
  expect(refused.headers["access-control-allow-origin"]).toBe("*");
  await cloud.faults.clear();
  const { body } = await ada.call<{ albums: unknown[] }>("GET", "albums");
  expect(body.albums).toEqual([]);
});

test("a picture that cannot be checked at first is checked when its message comes back", async ({ cloud, ada }) => {
  const album = await makeAlbum(ada);
  const picture = await sunset();
  const { photo, upload } = await announce(ada, album, { bytes: picture.length });
  await cloud.faults.next("s3:CopyObject", "InternalError", { times: 100 });
  await put(upload, picture);
  await cloud.settle();
  expect((await photoNow(ada, photo)).status).toBe("accepted");
  await cloud.faults.clear();
  // The queue's visibility timeout is two minutes.
  await cloud.clock.advance("3 minutes");
  expect((await photoNow(ada, photo)).status).toBe("ready");
});
