// Statistics: the table's stream keeps each user's counters and the partners' totals.
import { callApi } from "./account.ts";
import { makeAlbum, sunset, uploadPhoto } from "./library.ts";
import { expect, test } from "./test.ts";

type Counters = { readonly albums: number; readonly photos: number; readonly bytes: number };

test("albums, photos and bytes are counted, up and down", async ({ cloud, ada }) => {
  const reads = (expected: Counters) => {
    const until = async () => expect((await ada.call<Counters>("GET", "statistics")).body).toEqual(expected);
    return cloud.settle({ until });
  };
  await reads({ albums: 0, photos: 0, bytes: 0 });
  const picture = await sunset();
  const album = await makeAlbum(ada);
  await makeAlbum(ada, "Winter");
  await uploadPhoto(cloud, ada, album, picture);
  await uploadPhoto(cloud, ada, album, Buffer.from("not a picture"));
  await reads({ albums: 2, photos: 1, bytes: picture.length });
  await ada.call("DELETE", `albums/${album.id}`);
  await reads({ albums: 1, photos: 0, bytes: 0 });
});

test("partners read the totals with their key, and nobody without", async ({ stack, aws, cloud, ada }) => {
  const { value = "" } = await aws.apigateway.getApiKey({ apiKey: stack.outputs.PartnerApiKeyId, includeValue: true });
  const totals = () => callApi<Counters>(stack, "GET /partner/statistics", { headers: { "x-api-key": value } });
  const before = await totals();
  expect(before.status).toBe(200);
  await makeAlbum(ada);
  const until = async () => expect((await totals()).body.albums).toBeGreaterThan(before.body.albums);
  await cloud.settle({ until });
  for (const headers of [{}, { "x-api-key": "a-key-that-nobody-made" }]) {
    expect(await callApi(stack, "GET /partner/statistics", { headers })).toMatchObject({
      status: 403,
      body: { message: "Forbidden" },
    });
  }
});
