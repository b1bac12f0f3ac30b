// Bodies as they arrive: whole, too large, broken off.

import { expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { readAll, received } from "./exchange.ts";

async function* chunks(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size).fill(size);
}

async function* broken(error: Error): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(1);
  throw error;
}

test("a body is its chunks in order", async () => {
  expect([...(await readAll(chunks(1, 2), 3))]).toEqual([1, 2, 2]);
  expect(await readAll(chunks(), 0)).toHaveLength(0);
});

test("a body above the limit is refused before the rest of it is read", async () => {
  let read = 0;
  const endless = (async function* () {
    for (;;) {
      read += 1;
      yield new Uint8Array(10);
    }
  })();
  await expect(readAll(endless, 25)).rejects.toMatchObject({ code: "RequestEntityTooLarge", status: 413 });
  expect(read).toBe(3);
});

test("a body that breaks off is its sender's fault; what AWS would say of it stays", async () => {
  await expect(readAll(broken(new Error("aborted")), 10)).rejects.toMatchObject({
    code: "IncompleteBody",
    status: 400,
  });
  const stream = received(broken(new AwsError("BadDigest", "no")))[Symbol.asyncIterator]();
  await stream.next();
  await expect(stream.next()).rejects.toMatchObject({ code: "BadDigest" });
});
