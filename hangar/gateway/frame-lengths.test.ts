// Frames are followed however their bytes are cut into chunks.

import { expect, test } from "vitest";
import { FrameLengths } from "./frame-lengths.ts";

/** A masked frame as clients send it. */
function frame(length: number): Buffer {
  const mask = Buffer.from([1, 2, 3, 4]);
  if (length < 126) return Buffer.concat([Buffer.from([0x81, 0x80 | length]), mask, Buffer.alloc(length)]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x81;
  head[1] = 0x80 | (length < 65_536 ? 126 : 127);
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, mask, Buffer.alloc(length)]);
}

function exceeds(lengths: readonly number[], chunk: number): boolean {
  const frames = new FrameLengths(1000);
  const bytes = Buffer.concat(lengths.map(frame));
  for (let at = 0; at < bytes.length; at += chunk) frames.read(bytes.subarray(at, at + chunk));
  return frames.exceeded;
}

test.each([
  [[1000, 0, 125, 126, 1000], false],
  [[10, 1001], true],
  [[1000, 70_000], true],
  [[126, 1000, 5, 1001], true],
])("%j: %s", (lengths, expected) => {
  expect([1, 3, 7, 100_000].map((chunk) => exceeds(lengths, chunk))).toEqual(Array.from({ length: 4 }, () => expected));
});
