// Programs put together by hand, over memory of this realm and of another: Jest runs tests in a realm of their own.

import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { I32, instanceOf, newMemory, type WasmFunction, type WasmMemory } from "./web-assembly.ts";

/** The first byte of the memory. */
const FIRST: WasmFunction & { readonly name: "first" } = {
  name: "first",
  parameters: [],
  results: [I32],
  locals: [],
  body: [0x41, 0x00, 0x2d, 0x00, 0x00],
};

const foreign = (shared: boolean): WasmMemory =>
  runInNewContext(`new WebAssembly.Memory({ initial: 1, maximum: 1, shared: ${shared} })`) as WasmMemory;

test.for<[string, WasmMemory]>([
  ["its own memory", newMemory(1)],
  ["shared memory", newMemory(1, true)],
  ["another realm's memory", foreign(false)],
  ["another realm's shared memory", foreign(true)],
])("a program runs over %s", ([, memory]) => {
  new Uint8Array(memory.buffer)[0] = 7;
  const { first } = instanceOf<"first", () => number>(memory, [FIRST]);
  expect(first()).toBe(7);
});
