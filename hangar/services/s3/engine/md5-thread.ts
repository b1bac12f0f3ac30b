// The thread that digests long bodies, one after another: started by its file name.

import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import {
  EMPTIED,
  ENDED,
  FILLED,
  lengthAt,
  LEFT,
  ringIn,
  slotBytes,
  SLOTS,
  WANTS_MORE,
  WANTS_ROOM,
} from "./md5-ring.ts";

/** Says when there is room again, then the digest in hex; nothing of a body that was left. */
parentPort?.on("message", (memory: SharedArrayBuffer) => {
  const ring = ringIn(memory);
  const { state } = ring;
  const md5 = createHash("md5");
  for (let slot = 0; ; slot += 1) {
    // Again and again: who was woken late for the slot before is not woken for this one.
    while (Atomics.load(state, FILLED) === slot) {
      Atomics.store(state, WANTS_MORE, 1);
      Atomics.wait(state, FILLED, slot);
      Atomics.store(state, WANTS_MORE, 0);
    }
    const length = lengthAt(ring, slot);
    if (length === LEFT) return parentPort?.postMessage({ digest: "" });
    if (length === ENDED) return parentPort?.postMessage({ digest: md5.digest("hex") });
    md5.update(slotBytes(ring, slot).subarray(0, length));
    Atomics.store(state, EMPTIED, slot + 1);
    // Not for each slot: a message costs as much as a slot's digest.
    if (Atomics.load(state, FILLED) - slot <= SLOTS / 2 && Atomics.exchange(state, WANTS_ROOM, 0) === 1)
      parentPort?.postMessage({ room: true });
  }
});
