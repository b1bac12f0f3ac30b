// CRC-32C and CRC-64/NVME over byte streams, eight bytes a step.

import { crc64Machine, type Crc64Machine } from "./crc64-machine.ts";

const slices = 8;

/** Eight tables in a row: table k holds a byte's remainder k bytes further on. */
const crc32cTable = (): Uint32Array => {
  const table = new Uint32Array(slices * 256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82_f6_3b_78 : value >>> 1;
    table[index] = value >>> 0;
  }
  for (let index = 256; index < table.length; index += 1) {
    const before = table[index - 256] ?? 0;
    table[index] = ((before >>> 8) ^ (table[before & 0xff] ?? 0)) >>> 0;
  }
  return table;
};

let crc32cTables: Uint32Array | undefined;

/** One step of CRC-32C; start with 0 and give back what was returned. */
export const crc32c = (bytes: Uint8Array, start = 0): number => {
  const table = (crc32cTables ??= crc32cTable());
  const whole = bytes.length - (bytes.length % 8);
  let crc = ~start;
  // Indices are within bounds by construction; the assertions below only satisfy the checker.
  const at = (slice: number, byte: number): number => table[(slice << 8) | (byte & 0xff)] as number;
  const byte = (index: number): number => bytes[index] as number;
  let index = 0;
  for (; index < whole; index += 8) {
    crc ^= byte(index) | (byte(index + 1) << 8) | (byte(index + 2) << 16) | (byte(index + 3) << 24);
    crc =
      at(7, crc) ^
      at(6, crc >>> 8) ^
      at(5, crc >>> 16) ^
      at(4, crc >>> 24) ^
      at(3, byte(index + 4)) ^
      at(2, byte(index + 5)) ^
      at(1, byte(index + 6)) ^
      at(0, byte(index + 7));
  }
  for (; index < bytes.length; index += 1) crc = (crc >>> 8) ^ at(0, crc ^ byte(index));
  return ~crc >>> 0;
};

const crc64Table = (): BigUint64Array => {
  const polynomial = 0x9a_6c_93_29_ac_4b_c9_b5n;
  const table = new BigUint64Array(slices * 256);
  for (let index = 0; index < table.length; index += 1) {
    let value = BigInt(index);
    if (index < 256) for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    else {
      const before = table[index - 256] ?? 0n;
      value = (before >> 8n) ^ (table[Number(before & 0xffn)] ?? 0n);
    }
    table[index] = value;
  }
  return table;
};

let machine: Crc64Machine | undefined;

/** One step of CRC-64/NVME; start with 0 and give back what was returned. */
export const crc64 = (bytes: Uint8Array, start = 0n): bigint => {
  machine ??= crc64Machine(crc64Table());
  return machine(bytes, start ^ ALL_ONES) ^ ALL_ONES;
};

const ALL_ONES = 0xff_ff_ff_ff_ff_ff_ff_ffn;
