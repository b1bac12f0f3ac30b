// The memory that bodies pass through on their way to the thread that digests them: a ring of slots, and how far each side is.

import { newMemory, type WasmMemory } from "../../../kernel/web-assembly.ts";
import { WORKPLACE } from "./md5-bodies.ts";

export const SLOT = 64 * 1024;
/** So many that bodies of a megabyte, each in a row, still go side by side. */
export const SLOTS = 64;

/** Slots that were filled and emptied since the ring was made: they wrap around as 32 bits do. */
export const FILLED = 0;
export const EMPTIED = 1;
/** 1 while the side that fills waits for room, and the one that empties for more: only then is it worth waking. */
export const WANTS_ROOM = 2;
export const WANTS_MORE = 3;
/** From here a slot's body and length each. */
const HEADS = 4;
const SLOTS_AT = WORKPLACE + (HEADS + 2 * SLOTS) * Int32Array.BYTES_PER_ELEMENT;

/** Instead of a length: the body has ended, or nobody wants its digest any more. */
export const ENDED = -1;
export const LEFT = -2;

export type Md5Ring = { readonly state: Int32Array; readonly bytes: Uint8Array };

/** What a slot holds: the number of a body, and how many bytes of it. */
export type SlotHead = { readonly body: number; readonly length: number };

/** The digesting thread's own workplace, then heads and slots. */
export function ringMemory(): WasmMemory {
  return newMemory(SLOTS_AT + SLOTS * SLOT, true);
}

export function ringIn({ buffer }: WasmMemory): Md5Ring {
  return { state: new Int32Array(buffer, WORKPLACE, HEADS + 2 * SLOTS), bytes: new Uint8Array(buffer) };
}

/** Slots that wait to be emptied. */
export function backlog({ state }: Md5Ring, filled: number): number {
  return (filled - Atomics.load(state, EMPTIED)) | 0;
}

export function headAt({ state }: Md5Ring, slot: number): SlotHead {
  const at = headIndex(slot);
  return { body: state[at] ?? 0, length: state[at + 1] ?? 0 };
}

export function setHead({ state }: Md5Ring, slot: number, { body, length }: SlotHead): void {
  const at = headIndex(slot);
  state[at] = body;
  state[at + 1] = length;
}

/** Where in memory a slot's bytes begin. */
export function slotAddress(slot: number): number {
  return SLOTS_AT + indexOf(slot) * SLOT;
}

/** Its place among all. */
export function indexOf(slot: number): number {
  return slot & (SLOTS - 1);
}

function headIndex(slot: number): number {
  return HEADS + 2 * indexOf(slot);
}
