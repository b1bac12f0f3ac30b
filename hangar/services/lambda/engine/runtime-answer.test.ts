// What responses may be: 6 MB in one piece, 200 MB streamed.

import { expect, test } from "vitest";
import { answerOf, withinLimit } from "./runtime-answer.ts";

const MEGABYTE = 1024 * 1024;
const facts = { contentType: "text/plain", errorType: undefined, errorBody: undefined };

test.each([
  [0, 200 * MEGABYTE, undefined],
  [0, 200 * MEGABYTE + 1, "209715200 bytes"],
  [6_291_556, 0, undefined],
  [6_291_557, 0, "6291556 bytes"],
])("%i bytes in one piece after %i streamed ones: %s", (whole, streamed, refused) => {
  const { payload, result } = answerOf(Buffer.alloc(whole), facts, streamed);
  if (refused === undefined) expect(result).toEqual({ status: "success", contentType: "text/plain" });
  else {
    expect(result).toEqual({ status: "error", errorType: "Function.ResponseSizeTooLarge" });
    expect(Buffer.from(payload).toString()).toContain(refused);
  }
});

test("a streamed response is cut off at 200 MB", () => {
  const chunk = Buffer.alloc(10);
  expect(
    [0, 200 * MEGABYTE - 4, 200 * MEGABYTE, 300 * MEGABYTE].map((sent) => withinLimit(chunk, sent).length),
  ).toEqual([10, 4, 0, 0]);
});
