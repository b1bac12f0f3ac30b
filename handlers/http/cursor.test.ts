// Cursors: they lead on in their own list, and nowhere else.
import { expect, test } from "vitest";
import { cursorOf, keyOfCursor, pageSize } from "./cursor.ts";

const last = { pk: "USER#ada", sk: "ALBUM#1" };

test("a cursor leads back to the key it was made of", () => {
  expect(keyOfCursor(cursorOf(last), { pk: "USER#ada" })).toEqual(last);
  expect(cursorOf(undefined)).toBeUndefined();
  expect(keyOfCursor(undefined, { pk: "USER#ada" })).toBeUndefined();
});

test.each([
  "",
  "!!",
  Buffer.from("7").toString("base64url"),
  Buffer.from('{"pk":1}').toString("base64url"),
  cursorOf(last),
])("cursor %j is refused in another user's list", (cursor) => {
  expect(() => keyOfCursor(cursor, { pk: "USER#eve" })).toThrow("cursor is not one that this list gave");
});

test.each([
  [undefined, 50],
  ["1", 1],
  ["100", 100],
])("limit %s is a page of %i", (limit, size) => {
  expect(pageSize(limit)).toBe(size);
});

test.each(["0", "101", "1.5", "many"])("limit %s is refused", (limit) => {
  expect(() => pageSize(limit)).toThrow("limit is not a whole number from 1 to 100");
});
