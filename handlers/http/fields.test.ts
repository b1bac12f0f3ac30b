// Fields of a body: what passes, and the words with which the rest is refused.
import { expect, test } from "vitest";
import { oneOf, optionalText, textField, wholeNumber } from "./fields.ts";

test("text is trimmed", () => {
  expect(textField({ title: "  Summer " }, "title", 10)).toBe("Summer");
  expect(optionalText({}, "title", 10)).toBe("");
});

test.each([
  ["title is empty", () => textField({ title: "   " }, "title", 10)],
  ["title is empty", () => textField({}, "title", 10)],
  ["title is not text", () => textField({ title: 7 }, "title", 10)],
  ["title is longer than 3 characters", () => textField({ title: "long" }, "title", 3)],
  ["bytes is not a whole number from 1 to 9", () => wholeNumber({ bytes: 10 }, "bytes", 1, 9)],
  ["bytes is not a whole number from 1 to 9", () => wholeNumber({ bytes: 1.5 }, "bytes", 1, 9)],
  ["bytes is not a whole number from 1 to 9", () => wholeNumber({ bytes: "3" }, "bytes", 1, 9)],
  ["kind is none of a, b", () => oneOf({ kind: "c" }, "kind", ["a", "b"])],
])("%s", (message, check) => {
  expect(check).toThrow(message);
});

test("numbers and choices pass as they are", () => {
  expect(wholeNumber({ bytes: 9 }, "bytes", 1, 9)).toBe(9);
  expect(oneOf({ kind: "b" }, "kind", ["a", "b"])).toBe("b");
});
