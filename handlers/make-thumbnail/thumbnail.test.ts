// Thumbnails of real pictures.
import { Jimp } from "jimp";
import { expect, test } from "vitest";
import { makeThumbnail } from "./thumbnail.ts";

const picture = (width: number, height: number, color: number) =>
  new Jimp({ width, height, color }).getBuffer("image/png");

test.each([
  [640, 400, 320, 200],
  [300, 900, 107, 320],
  [40, 20, 40, 20],
])("a picture of %i x %i gets a thumbnail of %i x %i", async (width, height, small, low) => {
  const thumbnail = await makeThumbnail(await picture(width, height, 0xcc3300ff));
  expect([thumbnail.width, thumbnail.height]).toEqual([width, height]);
  const image = await Jimp.read(Buffer.from(thumbnail.jpeg));
  expect(image.mime).toBe("image/jpeg");
  expect([image.width, image.height]).toEqual([small, low]);
});

test("what is see-through becomes white", async () => {
  const { jpeg } = await makeThumbnail(await picture(10, 10, 0x00000000));
  const image = await Jimp.read(Buffer.from(jpeg));
  expect(image.getPixelColor(5, 5) >>> 8).toBe(0xffffff);
});

test("what only looks like a picture is an error", async () => {
  const broken = (await picture(50, 50, 0xff00ffff)).subarray(0, 40);
  await expect(makeThumbnail(broken)).rejects.toThrow();
});
