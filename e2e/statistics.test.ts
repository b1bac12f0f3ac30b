// Statistics: the table's stream keeps each user's counters and the partners' totals.
import { GetApiKeyCommand } from "@aws-sdk/client-api-gateway";
import { callApi } from "./account.ts";
import { makeAlbum, sunset, uploadPhoto } from "./library.ts";
import { expect, test } from "./test.ts";
import { settled } from "./world.ts";

type Counters = { readonly albums: number; readonly photos: number; readonly bytes: number };

test("albums, photos and bytes are counted, up and down", async ({ world, ada }) => {
  const reads = (expected: Counters) =>
    settled(world, `the counters ${JSON.stringify(expected)}`, async () => {
      const { body } = await ada.call<Counters>("GET", "statistics");
      return JSON.stringify(body) === JSON.stringify(expected) ? body : undefined;
    });
  await reads({ albums: 0, photos: 0, bytes: 0 });
  const picture = await sunset();
  const album = await makeAlbum(ada);
  await makeAlbum(ada, "Winter");
  await uploadPhoto(world, ada, album, picture);
  await uploadPhoto(world, ada, album, Buffer.from("not a picture"));
  await reads({ albums: 2, photos: 1, bytes: picture.length });
  await ada.call("DELETE", `albums/${album.id}`);
  await reads({ albums: 1, photos: 0, bytes: 0 });
});

test("partners read the totals with their key, and nobody without", async ({ world, aws, ada }) => {
  const { value = "" } = await aws.apiGateway.send(
    new GetApiKeyCommand({ apiKey: world.outputs.PartnerApiKeyId, includeValue: true }),
  );
  const totals = () => callApi<Counters>(world, "GET /partner/statistics", { headers: { "x-api-key": value } });
  const before = await totals();
  expect(before.status).toBe(200);
  await makeAlbum(ada);
  await settled(world, "the totals", async () =>
    (await totals()).body.albums > before.body.albums ? true : undefined,
  );
  for (const headers of [{}, { "x-api-key": "a-key-that-nobody-made" }]) {
    expect(await callApi(world, "GET /partner/statistics", { headers })).toMatchObject({
      status: 403,
      body: { message: "Forbidden" },
    });
  }
});
