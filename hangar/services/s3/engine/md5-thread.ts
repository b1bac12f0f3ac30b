// The thread that digests long bodies, many at a time: started by its file name.

import { createHash, type Hash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import {
  backlog,
  EMPTIED,
  ENDED,
  FILLED,
  headAt,
  LEFT,
  ringIn,
  slotBytes,
  SLOTS,
  WANTS_MORE,
  WANTS_ROOM,
  type Md5Ring,
} from "./md5-ring.ts";

const open = new Map<number, Hash>();
let slot = 0;

/** A message says that a body has begun. Says each digest in hex, and when there is room again. */
parentPort?.on("message", (memory: SharedArrayBuffer) => {
  const ring = ringIn(memory);
  // Whose beginning is in the ring already was perhaps digested on an earlier message.
  while (open.size > 0 || backlog(ring, Atomics.load(ring.state, FILLED)) > 0) {
    waitForMore(ring);
    digestSlot(ring);
    slot = (slot + 1) | 0;
    Atomics.store(ring.state, EMPTIED, slot);
    // Not for each slot: a message costs as much as a slot's digest.
    const left = backlog(ring, Atomics.load(ring.state, FILLED));
    if (left <= SLOTS / 2 && Atomics.exchange(ring.state, WANTS_ROOM, 0) === 1) parentPort?.postMessage({});
  }
});

function waitForMore({ state }: Md5Ring): void {
  // Again and again: who was woken late for the slot before is not woken for this one.
  while (Atomics.load(state, FILLED) === slot) {
    Atomics.store(state, WANTS_MORE, 1);
    Atomics.wait(state, FILLED, slot);
    Atomics.store(state, WANTS_MORE, 0);
  }
}

function digestSlot(ring: Md5Ring): void {
  const { body, length } = headAt(ring, slot);
  let md5 = open.get(body);
  if (md5 === undefined) open.set(body, (md5 = createHash("md5")));
  if (length !== ENDED && length !== LEFT) {
    md5.update(slotBytes(ring, slot).subarray(0, length));
    return;
  }
  open.delete(body);
  if (length === ENDED) parentPort?.postMessage({ body, digest: md5.digest("hex") });
}
