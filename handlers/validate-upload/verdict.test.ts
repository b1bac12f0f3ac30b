// The check of an upload, as a table of cases.
import { expect, test } from "vitest";
import { refusalOf } from "./verdict.ts";

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const text = new TextEncoder().encode("GIF is a word");
const ten = 10 * 1024 * 1024;

test.each([
  ["a PNG picture passes", { announced: "image/png", bytes: 9, head: png }, undefined],
  ["a JPEG picture passes", { announced: "image/jpeg", bytes: ten, head: jpeg }, undefined],
  ["a GIF picture passes", { announced: "image/gif", bytes: 9, head: new TextEncoder().encode("GIF89a.") }, undefined],
  ["nothing is refused", { announced: "image/png", bytes: 0, head: new Uint8Array() }, "The file is empty"],
  ["too much is refused", { announced: "image/png", bytes: ten + 1, head: png }, "The file is larger than 10 MB"],
  ["text is refused", { announced: "image/gif", bytes: 9, head: text }, "The file is not a JPEG, PNG or GIF picture"],
  [
    "half a signature is refused",
    { announced: "image/png", bytes: 4, head: png.slice(0, 4) },
    "The file is not a JPEG, PNG or GIF picture",
  ],
  [
    "another kind is refused",
    { announced: "image/png", bytes: 4, head: jpeg },
    "The file is image/jpeg, not image/png",
  ],
  [
    "an unannounced kind is refused",
    { announced: undefined, bytes: 4, head: jpeg },
    "The file is image/jpeg, not what was announced",
  ],
])("%s", (_name, upload, refusal) => {
  expect(refusalOf(upload)).toBe(refusal);
});
