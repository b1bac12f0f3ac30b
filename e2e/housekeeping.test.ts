// The daily clean-up: photos whose upload never came.
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { signIn } from "./account.ts";
import { needs } from "./features.ts";
import { announce, makeAlbum, photoNow } from "./library.ts";
import { expect, test } from "./test.ts";
import { advance, settled } from "./world.ts";

const hour = 60 * 60 * 1000;

test("a photo that never came is removed after a day, not before", async ({ world, aws, ada }) => {
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  const announced = Date.parse(photo.createdAt);
  const cleanUp = (milliseconds: number) =>
    aws.lambda.send(
      new InvokeCommand({
        FunctionName: world.outputs.CleanUpFunction,
        Payload: JSON.stringify({ time: new Date(announced + milliseconds).toISOString() }),
      }),
    );
  expect((await cleanUp(23 * hour)).FunctionError).toBeUndefined();
  expect((await photoNow(ada, photo)).status).toBe("waiting");
  await settled(world, "the photo's end", async () => {
    await cleanUp(25 * hour);
    return (await ada.call("GET", `albums/${photo.albumId}/photos/${photo.id}`)).status === 404 ? true : undefined;
  });
});

test("the clean-up runs every day by itself", async ({ world, ada, skip }) => {
  needs({ skip }, world, "clock");
  const { photo } = await announce(ada, await makeAlbum(ada), { bytes: 10 });
  // A session lasts eight hours, so the look afterwards takes a new one.
  await advance(world, "49 hours");
  const later = await signIn(world, ada.user, ada.password);
  expect((await later.call("GET", `albums/${photo.albumId}/photos/${photo.id}`)).status).toBe(404);
});
