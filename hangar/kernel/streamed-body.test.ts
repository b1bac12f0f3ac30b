// A body that comes in pieces is read as it was sent, however it is cut and whoever is faster.

import fc from "fast-check";
import { expect, test } from "vitest";
import { StreamedBody, type Flow } from "./streamed-body.ts";

/** A connection that sends its pieces one a turn, while it may. */
function sending(
  pieces: readonly Buffer[],
  length: number,
): { body: StreamedBody; behind: Buffer[]; paused: number[] } {
  const behind: Buffer[] = [];
  const paused: number[] = [];
  let at = 0;
  let held = false;
  const flow: Flow = {
    asked: () => void setImmediate(send),
    pause: () => {
      held = true;
      paused.push(at);
    },
    resume: () => {
      if (held) setImmediate(send);
      held = false;
    },
  };
  const body = new StreamedBody(length, flow);
  function send(): void {
    const piece = pieces[at];
    if (held || piece === undefined) return;
    at += 1;
    const rest = body.isWhole ? piece : body.push(piece);
    if (rest !== undefined) behind.push(rest);
    setImmediate(send);
  }
  return { body, behind, paused };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("what is read is what was sent, and what comes behind it is the next one's", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.double({ min: 0.05, max: 1, noNaN: true }), fc.boolean(), async (cuts, part, slow) => {
      const pieces = cuts.map((size, index) => Buffer.alloc(size, index + 1));
      const sent = Buffer.concat(pieces);
      const length = Math.max(1, Math.floor(sent.length * part));
      const { body, behind } = sending(pieces, length);
      const read: Uint8Array[] = [];
      for await (const chunk of body) {
        read.push(chunk);
        if (slow) await turn();
      }
      for (let turns = 0; turns <= pieces.length; turns += 1) await turn();
      expect(Buffer.concat(read).equals(sent.subarray(0, length))).toBe(true);
      expect(Buffer.concat(behind).equals(sent.subarray(length))).toBe(true);
      expect(body.isWhole).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("a sender is told to wait for a reader that does not come", async () => {
  const pieces = Array.from({ length: 40 }, () => Buffer.alloc(64 * 1024));
  const { body, paused } = sending(pieces, 40 * 64 * 1024);
  await body.next();
  for (let turns = 0; turns < 50; turns += 1) await turn();
  expect(paused).toHaveLength(1);
  expect(paused[0]).toBeLessThan(8);
  let size = 64 * 1024;
  for await (const chunk of body) size += chunk.length;
  expect(size).toBe(40 * 64 * 1024);
});

test("what nobody reads any more is let through, and freed", async () => {
  const pieces = Array.from({ length: 40 }, () => Buffer.alloc(64 * 1024));
  const { body, behind } = sending([...pieces, Buffer.from("GET")], 40 * 64 * 1024);
  await body.next();
  await body.return();
  while (behind.length === 0) await turn();
  expect(behind.map(String)).toEqual(["GET"]);
  expect(pieces.at(-1)?.length).toBe(0);
  expect(await body.next()).toEqual({ done: true, value: undefined });
});

test("a body that breaks off is its sender's fault, also for who reads later", async () => {
  const { body } = sending([Buffer.from("ab")], 3);
  expect((await body.next()).value).toEqual(Buffer.from("ab"));
  const waiting = body.next();
  body.breakOff();
  await expect(waiting).rejects.toMatchObject({ code: "IncompleteBody" });
  await expect(body.next()).rejects.toMatchObject({ code: "IncompleteBody" });
});
