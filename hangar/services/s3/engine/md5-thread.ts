// The thread that digests long bodies, many at a time: started by its file name.

import { parentPort, workerData } from "node:worker_threads";
import type { WasmMemory } from "../../../kernel/web-assembly.ts";
import { Md5Bodies } from "./md5-bodies.ts";
import {
  backlog,
  EMPTIED,
  ENDED,
  FILLED,
  headAt,
  indexOf,
  LEFT,
  ringIn,
  slotAddress,
  SLOTS,
  WANTS_MORE,
  WANTS_ROOM,
  type Md5Ring,
} from "./md5-ring.ts";

const memory = workerData as WasmMemory;
const ring = ringIn(memory);
const bodies = new Md5Bodies(memory);
/** The next slot to read, and the first that is not done with: they are done with in any order, and emptied in theirs. */
let read = 0;
let emptied = 0;
const done = Array.from({ length: SLOTS }, () => false);

/** A message says that a body has begun. Says each digest in hex, and when there is room again. */
parentPort?.on("message", () => {
  // Whose beginning is in the ring already was perhaps digested on an earlier message.
  while (bodies.size > 0 || Atomics.load(ring.state, FILLED) !== read) {
    while (Atomics.load(ring.state, FILLED) !== read) readSlot();
    const worked = bodies.step();
    emptySlots();
    if (!worked && bodies.size > 0) waitForMore(ring);
  }
});

function readSlot(): void {
  const { body, length } = headAt(ring, read);
  const index = indexOf(read);
  const from = slotAddress(read);
  read = (read + 1) | 0;
  if (length >= 0) {
    bodies.add(body, from, from + length, () => (done[index] = true));
    return;
  }
  done[index] = true;
  if (length === ENDED) bodies.end(body, (digest) => parentPort?.postMessage({ body, digest }));
  if (length === LEFT) bodies.leave(body);
}

function emptySlots(): void {
  const before = emptied;
  while (emptied !== read && done[indexOf(emptied)] === true) {
    done[indexOf(emptied)] = false;
    emptied = (emptied + 1) | 0;
  }
  if (emptied === before) return;
  Atomics.store(ring.state, EMPTIED, emptied);
  // Not for each slot: a message costs as much as a slot's digest.
  const left = backlog(ring, Atomics.load(ring.state, FILLED));
  if (left <= SLOTS / 2 && Atomics.exchange(ring.state, WANTS_ROOM, 0) === 1) parentPort?.postMessage({});
}

function waitForMore({ state }: Md5Ring): void {
  // Again and again: who was woken late for the slot before is not woken for this one.
  while (Atomics.load(state, FILLED) === read) {
    Atomics.store(state, WANTS_MORE, 1);
    Atomics.wait(state, FILLED, read);
    Atomics.store(state, WANTS_MORE, 0);
  }
}
