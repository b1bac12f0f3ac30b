// CRC-32C and CRC-64/NVME over byte streams, eight bytes a step.

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

type Tables64 = { readonly low: Uint32Array; readonly high: Uint32Array };

const crc64Tables = (): Tables64 => {
  const low = new Uint32Array(slices * 256);
  const high = new Uint32Array(slices * 256);
  const polynomial = 0x9a_6c_93_29_ac_4b_c9_b5n;
  const values: bigint[] = [];
  for (let index = 0; index < slices * 256; index += 1) {
    let value = BigInt(index);
    if (index < 256) for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    else {
      const before = values[index - 256] ?? 0n;
      value = (before >> 8n) ^ (values[Number(before & 0xffn)] ?? 0n);
    }
    values.push(value);
    low[index] = Number(value & 0xff_ff_ff_ffn);
    high[index] = Number(value >> 32n);
  }
  return { low, high };
};

let tables64: Tables64 | undefined;

/** The two halves of a running CRC-64/NVME, already inverted. */
export type Crc64 = { low: number; high: number };
export const newCrc64 = (): Crc64 => ({ low: 0xff_ff_ff_ff, high: 0xff_ff_ff_ff });

export const updateCrc64 = (state: Crc64, bytes: Uint8Array): void => {
  const { low: lowTable, high: highTable } = (tables64 ??= crc64Tables());
  const byte = (index: number): number => bytes[index] as number;
  let { low, high } = state;
  const whole = bytes.length - (bytes.length % 8);
  let index = 0;
  for (; index < whole; index += 8) {
    low ^= byte(index) | (byte(index + 1) << 8) | (byte(index + 2) << 16) | (byte(index + 3) << 24);
    high ^= byte(index + 4) | (byte(index + 5) << 8) | (byte(index + 6) << 16) | (byte(index + 7) << 24);
    const a = 0x7_00 | (low & 0xff);
    const b = 0x6_00 | ((low >>> 8) & 0xff);
    const c = 0x5_00 | ((low >>> 16) & 0xff);
    const d = 0x4_00 | (low >>> 24);
    const e = 0x3_00 | (high & 0xff);
    const f = 0x2_00 | ((high >>> 8) & 0xff);
    const g = 0x1_00 | ((high >>> 16) & 0xff);
    const h = high >>> 24;
    low = xorOf(lowTable, a, b, c) ^ xorOf(lowTable, d, e, f) ^ (lowTable[g] as number) ^ (lowTable[h] as number);
    high = xorOf(highTable, a, b, c) ^ xorOf(highTable, d, e, f) ^ (highTable[g] as number) ^ (highTable[h] as number);
  }
  for (; index < bytes.length; index += 1) {
    const at = (low ^ byte(index)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (lowTable[at] as number);
    high = (high >>> 8) ^ (highTable[at] as number);
  }
  state.low = low >>> 0;
  state.high = high >>> 0;
};

const xorOf = (table: Uint32Array, one: number, two: number, three: number): number =>
  (table[one] as number) ^ (table[two] as number) ^ (table[three] as number);
