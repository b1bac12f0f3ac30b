// The CRCs that S3 knows beside CRC32: CRC32C and CRC64NVME, and the joining of the CRCs of consecutive parts.

/** Reflected polynomials. */
const CRC32 = 0xedb88320n;
const CRC32C = 0x82f63b78n;
const CRC64NVME = 0x9a6c9329ac4bc9b5n;

function tablesOf(polynomial: bigint): { readonly low: Uint32Array; readonly high: Uint32Array } {
  const low = new Uint32Array(8 * 256);
  const high = new Uint32Array(8 * 256);
  const values: bigint[] = [];
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1n) === 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    values.push(value);
  }
  for (let slice = 0; slice < 8; slice += 1) {
    for (let byte = 0; byte < 256; byte += 1) {
      let value = values[byte] as bigint;
      for (let step = 0; step < slice; step += 1) value = (values[Number(value & 0xffn)] as bigint) ^ (value >> 8n);
      low[slice * 256 + byte] = Number(value & 0xffffffffn);
      high[slice * 256 + byte] = Number(value >> 32n);
    }
  }
  return { low, high };
}

let tables32: Uint32Array | undefined;

/** CRC32C of more bytes; begins with 0. */
export function crc32c(bytes: Uint8Array, previous = 0): number {
  tables32 ??= tablesOf(CRC32C).low;
  const table = tables32;
  let crc = ~previous;
  let at = 0;
  const end = bytes.length - 8;
  for (; at <= end; at += 8) {
    const low =
      crc ^ ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24));
    crc =
      (table[1792 + (low & 255)] as number) ^ (table[1536 + ((low >>> 8) & 255)] as number) ^
      (table[1280 + ((low >>> 16) & 255)] as number) ^ (table[1024 + (low >>> 24)] as number) ^
      (table[768 + (bytes[at + 4] as number)] as number) ^ (table[512 + (bytes[at + 5] as number)] as number) ^
      (table[256 + (bytes[at + 6] as number)] as number) ^ (table[bytes[at + 7] as number] as number);
  }
  for (; at < bytes.length; at += 1) crc = (table[(crc ^ (bytes[at] as number)) & 255] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

let tables64: { readonly low: Uint32Array; readonly high: Uint32Array } | undefined;

/** A running CRC64NVME, its halves kept as 32-bit numbers. */
export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): this {
    tables64 ??= tablesOf(CRC64NVME);
    const { low: lows, high: highs } = tables64;
    let low = this.#low;
    let high = this.#high;
    let at = 0;
    const end = bytes.length - 8;
    for (; at <= end; at += 8) {
      low ^= (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
      high ^= (bytes[at + 4] as number) | ((bytes[at + 5] as number) << 8) | ((bytes[at + 6] as number) << 16) | ((bytes[at + 7] as number) << 24);
      const a = 1792 + (low & 255), b = 1536 + ((low >>> 8) & 255), c = 1280 + ((low >>> 16) & 255), d = 1024 + (low >>> 24);
      const e = 768 + (high & 255), f = 512 + ((high >>> 8) & 255), g = 256 + ((high >>> 16) & 255), h = high >>> 24;
      low =
        (lows[a] as number) ^ (lows[b] as number) ^ (lows[c] as number) ^ (lows[d] as number) ^
        (lows[e] as number) ^ (lows[f] as number) ^ (lows[g] as number) ^ (lows[h] as number);
      high =
        (highs[a] as number) ^ (highs[b] as number) ^ (highs[c] as number) ^ (highs[d] as number) ^
        (highs[e] as number) ^ (highs[f] as number) ^ (highs[g] as number) ^ (highs[h] as number);
    }
    for (; at < bytes.length; at += 1) {
      const index = (low ^ (bytes[at] as number)) & 255;
      low = ((low >>> 8) | (high << 24)) ^ (lows[index] as number);
      high = (high >>> 8) ^ (highs[index] as number);
    }
    this.#low = low;
    this.#high = high;
    return this;
  }

  digest(): Buffer {
    const out = Buffer.alloc(8);
    out.writeUInt32BE(~this.#high >>> 0, 0);
    out.writeUInt32BE(~this.#low >>> 0, 4);
    return out;
  }
}

const FIELDS = {
  CRC32: { polynomial: CRC32, width: 32n },
  CRC32C: { polynomial: CRC32C, width: 32n },
  CRC64NVME: { polynomial: CRC64NVME, width: 64n },
} as const;

/** The product of two reflected polynomials modulo a third, as in zlib's crc32_combine. */
function multiply(a: bigint, b: bigint, { polynomial, width }: { polynomial: bigint; width: bigint }): bigint {
  let product = 0n;
  let factor = b;
  for (let bit = 1n << (width - 1n); bit !== 0n; bit >>= 1n) {
    if ((a & bit) !== 0n) product ^= factor;
    factor = (factor & 1n) === 1n ? (factor >> 1n) ^ polynomial : factor >> 1n;
  }
  return product;
}

/** The CRC (base64) of two consecutive pieces, from theirs and the length of the second. */
export function joinCrcs(algorithm: keyof typeof FIELDS, first: string, second: { readonly crc: string; readonly size: number }): string {
  const field = FIELDS[algorithm];
  const read = (text: string): bigint => BigInt(`0x${Buffer.from(text, "base64").toString("hex")}`);
  let power = 1n << (field.width - 1n - 8n);
  let shift = 1n << (field.width - 1n);
  for (let count = second.size; count > 0; count = Math.floor(count / 2)) {
    if (count % 2 === 1) shift = multiply(shift, power, field);
    power = multiply(power, power, field);
  }
  const joined = multiply(shift, read(first), field) ^ read(second.crc);
  return Buffer.from(joined.toString(16).padStart(Number(field.width) / 4, "0"), "hex").toString("base64");
}
