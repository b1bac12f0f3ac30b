// Seeded ids in AWS's shapes: the same seed gives the same ids, a fork's seed follows from its parent's.

import { createHash } from "node:crypto";

const HEX = "0123456789abcdef";
const UPPER_ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LOWER_ALNUM = "abcdefghijklmnopqrstuvwxyz0123456789";
const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export type IdsState = readonly [number, number, number, number];

/** xoshiro128**: fast, and its state is four numbers, so it travels in forks and snapshots. */
export class Ids {
  #state: [number, number, number, number];

  constructor(seed: string | IdsState) {
    this.#state = typeof seed === "string" ? stateOf(seed) : [seed[0], seed[1], seed[2], seed[3]];
  }

  /** Starts anew from another seed: a world that comes back must not give an id twice. */
  reseed(seed: string): void {
    this.#state = stateOf(seed);
  }

  get state(): IdsState {
    return [...this.#state];
  }

  fork(name: string): Ids {
    return new Ids(`${this.#state.join(".")}/${name}`);
  }

  /** 32 random bits, as an unsigned integer. */
  integer(): number {
    const s = this.#state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** At least 0, below 1. */
  fraction(): number {
    return this.integer() / 4294967296;
  }

  text(alphabet: string, length: number): string {
    let out = "";
    for (let index = 0; index < length; index += 1) out += alphabet[Math.floor(this.fraction() * alphabet.length)];
    return out;
  }

  hex(length: number): string {
    return this.text(HEX, length);
  }

  /** As in access key and principal ids: A-Z, 2-7. */
  upper(length: number): string {
    return this.text(UPPER_ALNUM, length);
  }

  lower(length: number): string {
    return this.text(LOWER_ALNUM, length);
  }

  alphanumeric(length: number): string {
    return this.text(ALNUM, length);
  }

  bytes(length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) out[index] = this.integer() >>> 24;
    return out;
  }

  /** Version 4. Every call has one: no text is made but the id. */
  uuid(): string {
    const a = this.integer();
    const b = this.integer();
    const c = this.integer();
    const d = this.integer();
    digits(a >>> 16, 0);
    digits(a & 0xffff, 4);
    digits(b >>> 16, 9);
    digits(0x4000 | (b & 0x0fff), 14);
    digits(((8 + (this.integer() & 3)) << 12) | ((c >>> 16) & 0x0fff), 19);
    digits(c & 0xffff, 24);
    digits(d >>> 16, 28);
    digits(d & 0xffff, 32);
    return UUID.toString("latin1");
  }
}

const UUID = Buffer.from("00000000-0000-0000-0000-000000000000", "latin1");
const HEX_CODES = Uint8Array.from(HEX, (digit) => digit.charCodeAt(0));

/** Four hexadecimal digits of an id that is being written. */
function digits(value: number, at: number): void {
  UUID[at] = HEX_CODES[value >>> 12] as number;
  UUID[at + 1] = HEX_CODES[(value >>> 8) & 15] as number;
  UUID[at + 2] = HEX_CODES[(value >>> 4) & 15] as number;
  UUID[at + 3] = HEX_CODES[value & 15] as number;
}

function stateOf(seed: string): [number, number, number, number] {
  const hash = createHash("sha256").update(seed).digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4), hash.readUInt32LE(8), hash.readUInt32LE(12) | 1];
}
