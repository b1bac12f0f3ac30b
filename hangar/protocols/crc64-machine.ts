// The inner loop of CRC-64/NVME in WebAssembly: 64-bit words, which JavaScript has only in halves, make it several times faster.

import { I32, I64, instanceOf, newMemory, rows, signed, unsigned, type Code } from "../kernel/web-assembly.ts";

/** What the instructions below are called in the specification: https://webassembly.github.io/spec/core/appendix/index-instructions.html */
const op = {
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  get: 0x20,
  set: 0x21,
  load64: 0x29,
  load8: 0x31,
  const32: 0x41,
  const64: 0x42,
  below: 0x49,
  above: 0x4b,
  atLeast: 0x4f,
  add32: 0x6a,
  and32: 0x71,
  shl32: 0x74,
  xor64: 0x85,
  shr64: 0x88,
  wrap: 0xa7,
} as const;
const VOID = 0x40;

const [FROM, WHOLE, END, CRC, SECOND, LIMIT] = [0, 1, 2, 3, 4, 5];

const TABLE = 256 * 8;
const SLICES = 8;
/** Bytes of each of the two streams that a large step reads side by side: one alone waits for memory half of the time. */
const STREAM = 4096;

/** Of a table's index, so that it is an offset in bytes. */
const SCALE = 3;

/** The word in a table that the byte at `shift` of what is on the stack selects: moved to its scaled place at once. */
const lookUp = (shift: number, table: number): Code =>
  rows(
    shift === 0 ? [op.wrap, op.const32, SCALE, op.shl32] : [op.const64, ...signed(shift - SCALE), op.shr64, op.wrap],
    [op.const32, ...signed(255 << SCALE), op.and32],
    [op.load64, 3, ...unsigned(table * TABLE)],
  );

/** The sum of what each byte of a register selects, in the table that `of` tells for it. */
const folded = (register: number, of: (index: number) => number): Code =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) =>
    rows([op.get, register], lookUp(8 * index, of(index)), index === 0 ? [] : [op.xor64]),
  );
/** Eight bytes more, from `offset` behind FROM. */
const eightBytes = (register: number, offset: number): Code =>
  rows(
    [op.get, register, op.get, FROM, op.load64, 0, ...unsigned(offset), op.xor64, op.set, register],
    folded(register, (index) => SLICES - 1 - index),
    [op.set, register],
  );
const ahead = (by: number): Code => [op.get, FROM, op.const32, ...signed(by), op.add32];

const until = (limit: number): Code =>
  rows([op.block, VOID, op.loop, VOID], [op.get, FROM, op.get, limit, op.atLeast, op.brIf, 1]);
const advance = (by: number): Code => rows(ahead(by), [op.set, FROM, op.br, 0, op.end, op.end]);

const twoStreams = rows(
  [op.block, VOID, op.loop, VOID],
  [...ahead(2 * STREAM), op.get, END, op.above, op.brIf, 1],
  [op.const64, 0, op.set, SECOND, ...ahead(STREAM), op.set, LIMIT],
  [op.loop, VOID],
  eightBytes(CRC, 0),
  eightBytes(SECOND, STREAM),
  [...ahead(8), op.set, FROM, op.get, FROM, op.get, LIMIT, op.below, op.brIf, 0, op.end],
  folded(CRC, (index) => SLICES + index),
  [op.get, SECOND, op.xor64, op.set, CRC],
  advance(STREAM),
);

const body = rows(
  twoStreams,
  until(WHOLE),
  eightBytes(CRC, 0),
  advance(8),
  until(END),
  [op.get, CRC, op.get, FROM, op.load8, 0, 0, op.xor64],
  lookUp(0, 0),
  [op.get, CRC, op.const64, 8, op.shr64, op.xor64, op.set, CRC],
  advance(1),
  [op.get, CRC],
);

/** Two streams side by side, then eight bytes a step up to `whole`, then one at a time. */
const run = {
  name: "run",
  parameters: [I32, I32, I32, I64],
  results: [I64],
  locals: [
    [1, I64],
    [1, I32],
  ],
  body,
} as const;
type Run = (from: number, whole: number, end: number, crc: bigint) => bigint;

/** Memory: the tables of slices, those that move a remainder on by a stream, then the bytes. */
const BYTES = 2 * SLICES * TABLE;
const ROOM = 128 * 1024;

export type Crc64Machine = (bytes: Uint8Array, crc: bigint) => bigint;

/** `tables`: eight tables of 256 words in a row, little-endian. */
export const crc64Machine = (tables: BigUint64Array): Crc64Machine => {
  const own = newMemory(BYTES + ROOM);
  const { run: digest } = instanceOf<"run", Run>(own, [run]);
  const memory = new Uint8Array(own.buffer);
  const words = new BigUint64Array(own.buffer);
  words.set(tables);
  words.set(
    movedTables((crc) => digest(BYTES, BYTES + STREAM, BYTES + STREAM, crc)),
    tables.length,
  );
  return (bytes, crc) => {
    let value = crc;
    for (let at = 0; at < bytes.length; at += ROOM) {
      const piece = bytes.length <= ROOM ? bytes : bytes.subarray(at, at + ROOM);
      memory.set(piece, BYTES);
      value = digest(BYTES, BYTES + (piece.length & ~7), BYTES + piece.length, value);
    }
    return BigInt.asUintN(64, value);
  };
};

/** What becomes of each byte of a remainder behind a stream of zeros: the sum of what becomes of its bits. */
const movedTables = (moved: (crc: bigint) => bigint): BigUint64Array => {
  const words = new BigUint64Array(SLICES * 256);
  for (let index = 0; index < SLICES; index += 1)
    for (let bit = 0; bit < 8; bit += 1) {
      const half = index * 256 + (1 << bit);
      const word = moved(1n << BigInt(index * 8 + bit));
      for (let below = 0; below < 1 << bit; below += 1) words[half + below] = word ^ (words[index * 256 + below] ?? 0n);
    }
  return words;
};
