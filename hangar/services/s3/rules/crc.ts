// The joining of the CRCs of consecutive parts into that of the whole.

/** Reflected polynomials. */
const CRC32 = 0xedb88320n;
const CRC32C = 0x82f63b78n;
const CRC64NVME = 0x9a6c9329ac4bc9b5n;

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
export function joinCrcs(
  algorithm: keyof typeof FIELDS,
  first: string,
  second: { readonly crc: string; readonly size: number },
): string {
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
