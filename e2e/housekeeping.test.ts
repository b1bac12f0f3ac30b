// The daily clean-up: photos whose upload never came.
import { signIn } from "./account.ts";
import { announce, makeAlbum, photoNow } from "./library.ts";
import { expect, test } from "./test.ts";

const hour = 60 * 60 * 1000;

test("a photo that never came is removed after a day, not before", async ({ stack, aws, cloud, ada }) => {
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  const announced = Date.parse(photo.createdAt);
  const cleanUp = (milliseconds: number) =>
    aws.lambda.invoke({
      FunctionName: stack.outputs.CleanUpFunction,
      Payload: JSON.stringify({ time: new Date(announced + milliseconds).toISOString() }),
    });
  expect((await cleanUp(23 * hour)).FunctionError).toBeUndefined();
  expect((await photoNow(ada, photo)).status).toBe("waiting");
  const until = async () => {
    await cleanUp(25 * hour);
    expect((await ada.call("GET", `albums/${photo.albumId}/photos/${photo.id}`)).status).toBe(404);
  };
  await cloud.settle({ until });
});

test("the clean-up runs every day by itself", async ({ stack, cloud, ada }) => {
  cloud.needs("clock");
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  // A session lasts eight hours, so the look afterwards takes a new one.
  await cloud.clock.advance("49 hours");
  const later = await signIn(stack, ada.user, ada.password);
  expect((await later.call("GET", `albums/${photo.albumId}/photos/${photo.id}`)).status).toBe(404);
});
