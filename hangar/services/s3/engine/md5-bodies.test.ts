// The digests of bodies that come in pieces, side by side.

import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newMemory } from "../../../kernel/web-assembly.ts";
import { Md5Bodies, WORKPLACE } from "./md5-bodies.ts";

const MEMORY = newMemory(4 * 1024 * 1024);

type Sent = { readonly body: number; readonly piece: Uint8Array };

/** Digests pieces in this order, after each of which there is time for `steps`. */
function digestsOf(sent: readonly Sent[], steps: number): { digests: Map<number, string>; done: number } {
  const bodies = new Md5Bodies(MEMORY);
  const bytes = new Uint8Array(MEMORY.buffer);
  const digests = new Map<number, string>();
  let [at, done] = [WORKPLACE, 0];
  for (const { body, piece } of sent) {
    bytes.set(piece, at);
    bodies.add(body, at, at + piece.length, () => (done += 1));
    at += piece.length;
    for (let step = 0; step < steps; step += 1) bodies.step();
  }
  for (const body of new Set(sent.map((each) => each.body))) bodies.end(body, (digest) => digests.set(body, digest));
  while (bodies.step());
  expect(bodies.size).toBe(0);
  return { digests, done };
}

test("bodies of any lengths in pieces of any lengths have the digests of their bytes", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 130, size: "max" }),
    fc.uint8Array({ minLength: 50, maxLength: 70, size: "max" }),
    fc.uint8Array({ minLength: 1000, maxLength: 2000, size: "max" }),
  );
  const sent = fc.array(fc.record({ body: fc.integer({ min: 1, max: 7 }), piece }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(sent, fc.integer({ min: 0, max: 3 }), (each, steps) => {
      const wanted = new Map(each.map(({ body }) => [body, createHash("md5")]));
      for (const { body, piece: bytes } of each) wanted.get(body)?.update(bytes);
      const { digests, done } = digestsOf(each, steps);
      expect(digests).toEqual(new Map([...wanted].map(([body, md5]) => [body, md5.digest("hex")])));
      expect(done).toBe(each.length);
    }),
    { numRuns: 200 },
  );
});

test("a body that is left lets go of its pieces, and the others go on", () => {
  const bodies = new Md5Bodies(MEMORY);
  const done: string[] = [];
  let digest = "";
  for (const [body, name] of ["left", "kept"].entries())
    bodies.add(body, WORKPLACE, WORKPLACE + 100, () => done.push(name));
  bodies.leave(0);
  expect(done).toEqual(["left"]);
  bodies.end(1, (each) => (digest = each));
  while (bodies.step());
  const bytes = new Uint8Array(MEMORY.buffer).subarray(WORKPLACE, WORKPLACE + 100);
  expect(digest).toBe(createHash("md5").update(bytes).digest("hex"));
  expect(done).toEqual(["left", "kept"]);
});
