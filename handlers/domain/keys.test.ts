// The keys: what a photo's object is called, and which photo an object belongs to.
import { expect, test } from "vitest";
import { incomingObject, keyOfEvent, photoObject, placeOf, thumbnailObject } from "./keys.ts";

const place = { owner: "ada", albumId: "a1", photoId: "p1" };

test("an object's key names its photo", () => {
  expect(placeOf(incomingObject(place))).toEqual(place);
  expect(placeOf(photoObject(place))).toEqual(place);
});

test.each(["", "incoming", "incoming/ada/a1", "incoming/ada/a1/p1/more", "other/ada/a1/p1", "incoming//a1/p1"])(
  "%j is no photo's key",
  (key) => {
    expect(placeOf(key)).toBeUndefined();
  },
);

test("a thumbnail is a JPEG beside its photo's name", () => {
  expect(thumbnailObject(place)).toBe("thumbnails/ada/a1/p1.jpg");
});

test("the key in an S3 event is form-encoded", () => {
  expect(keyOfEvent("imports/a+b%2Bc/%C3%A9.csv")).toBe("imports/a b+c/é.csv");
});
