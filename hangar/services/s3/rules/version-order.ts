// Version and upload ids: opaque to callers, but sorting as S3 lists them.

import { crc32 } from "node:zlib";

/** ASCII order, and just the characters of AWS's version ids. */
const DIGITS = ".0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

function sortable(value: number): string {
  let rest = value;
  let text = "";
  for (let digit = 0; digit < 9; digit += 1) {
    text = `${DIGITS[rest % 64] as string}${text}`;
    rest = Math.floor(rest / 64);
  }
  return text;
}

/** Sorts the newest first. `sequence` is below 2^53. */
export function newestFirst(sequence: number): string {
  return sortable(Number.MAX_SAFE_INTEGER - sequence);
}

/** Sorts the oldest first. */
export function oldestFirst(sequence: number): string {
  return sortable(sequence);
}

/** Of what `oldestFirst` wrote at the beginning of `id`. */
export function sequenceOf(id: string): number {
  let value = 0;
  for (const digit of id.slice(0, 9)) value = value * 64 + DIGITS.indexOf(digit);
  return value;
}

const PROOF = 6;
/** Characters of an id that are chance. */
export const CHANCE = 32 - 9 - PROOF;

/** S3 tells ids it gave out from others, whether or not the version is still there: the end proves the rest. */
export function versionIdOf(order: string, chance: string): string {
  return order + chance + proofOf(order + chance);
}

export function isVersionId(text: string): boolean {
  return text === "null" || (text.length === 32 && proofOf(text.slice(0, -PROOF)) === text.slice(-PROOF));
}

function proofOf(text: string): string {
  return sortable(crc32(text)).slice(-PROOF);
}

/** Fits S3's event sequencer: hex that compares as text. */
export function sequencer(sequence: number): string {
  return `00${Math.floor(sequence).toString(16).toUpperCase().padStart(16, "0")}`;
}
