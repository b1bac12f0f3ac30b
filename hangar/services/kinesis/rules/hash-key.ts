// Hash keys: 128 bits, kept as 32 hexadecimal digits so that text order is number order.

import { createHash } from "node:crypto";

const END = 1n << 128n;
const DIGITS = 32;

export function hashOf(partitionKey: string): string {
  return createHash("md5").update(partitionKey, "utf8").digest("hex");
}

/** From AWS's decimal text; undefined when it has more than 128 bits. */
export function hexOf(decimal: string): string | undefined {
  const value = BigInt(decimal);
  return value < END ? digits(value) : undefined;
}

export function decimalOf(hex: string): string {
  return BigInt(`0x${hex}`).toString();
}

export function after(hex: string): string {
  return digits(BigInt(`0x${hex}`) + 1n);
}

export function before(hex: string): string {
  return digits(BigInt(`0x${hex}`) - 1n);
}

export type HashRange = { readonly start: string; readonly end: string };

/** The whole range in so many even parts, as AWS cuts it: the last takes what is left over. */
export function evenRanges(count: number): HashRange[] {
  const width = END / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    start: digits(width * BigInt(index)),
    end: digits(index === count - 1 ? END - 1n : width * BigInt(index + 1) - 1n),
  }));
}

function digits(value: bigint): string {
  return value.toString(16).padStart(DIGITS, "0");
}
