// Time-based one-time passwords: RFC 6238 with SHA-1, six digits, thirty seconds.

import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30_000;

function bytesOf(secret: string): Buffer {
  let bits = "";
  for (const letter of secret) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((each) => Number.parseInt(each, 2)));
}

/** The code of a step. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The step whose code it is: this one, or one beside it; undefined for a wrong code. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const step = Math.floor(now / STEP);
  return [step, step - 1, step + 1].find((each) => codeAt(secret, each) === code);
}
