// The memory that a body passes through on its way to the thread that digests it: a ring of slots, and how far each side is.

export const SLOT = 64 * 1024;
export const SLOTS = 32;

/** Slots that were filled and emptied since the body began. */
export const FILLED = 0;
export const EMPTIED = 1;
/** 1 while the side that fills waits for room, and the one that empties for more: only then is it worth waking. */
export const WANTS_ROOM = 2;
export const WANTS_MORE = 3;
/** From here a slot's length each. */
const LENGTHS = 4;
const BYTES = (LENGTHS + SLOTS) * Int32Array.BYTES_PER_ELEMENT;

/** Instead of a length: the body has ended, or nobody wants its digest any more. */
export const ENDED = -1;
export const LEFT = -2;

export type Md5Ring = { readonly state: Int32Array; readonly bytes: Uint8Array };

export function ringMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(BYTES + SLOTS * SLOT);
}

export function ringIn(memory: SharedArrayBuffer): Md5Ring {
  return { state: new Int32Array(memory, 0, LENGTHS + SLOTS), bytes: new Uint8Array(memory, BYTES) };
}

export function lengthAt({ state }: Md5Ring, slot: number): number {
  return state[LENGTHS + (slot % SLOTS)] ?? 0;
}

export function setLength({ state }: Md5Ring, slot: number, length: number): void {
  state[LENGTHS + (slot % SLOTS)] = length;
}

export function slotBytes({ bytes }: Md5Ring, slot: number): Uint8Array {
  const start = (slot % SLOTS) * SLOT;
  return bytes.subarray(start, start + SLOT);
}
