// How bodies are encrypted at rest: AES-256-GCM, whose tag is of their whole content and so makes their name.

import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { sealedName, type Naming } from "../../../kernel/blob-naming.ts";

/** Bytes: the length that makes GCM's counter the nonce and the number of a block, which it counts from 2 for content. */
export const NONCE = 12;
const BLOCK = 16;
const FIRST_BLOCK = 2;

export type Seal = {
  encrypt(chunk: Uint8Array): Uint8Array;
  /** Nonce and tag: they are there anyway. */
  readonly naming: Naming;
};

/** One per body: a nonce serves once. */
export function newSeal(secret: Uint8Array, nonce: Uint8Array): Seal {
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), nonce);
  return {
    encrypt: (chunk) => cipher.update(chunk),
    naming: {
      update() {},
      name() {
        cipher.final();
        return sealedName(Buffer.concat([nonce, cipher.getAuthTag()]));
      },
    },
  };
}

/** Decrypts a body from one of its bytes on. What came before is not read, so the tag is not checked. */
export function opened(
  blob: string,
  secret: Uint8Array,
  position: number,
): {
  update(bytes: Uint8Array): Buffer;
} {
  const counter = Buffer.alloc(BLOCK);
  counter.write(blob, 0, NONCE, "hex");
  counter.writeUInt32BE(FIRST_BLOCK + Math.floor(position / BLOCK), NONCE);
  const decipher = createDecipheriv("aes-256-ctr", keyOf(secret), counter);
  if (position % BLOCK > 0) decipher.update(new Uint8Array(position % BLOCK));
  return decipher;
}

const keys = new WeakMap<Uint8Array, KeyObject>();

/** Node looks longer at a key that is bytes than a cipher takes for a small body. */
function keyOf(secret: Uint8Array): KeyObject {
  let key = keys.get(secret);
  if (key === undefined) keys.set(secret, (key = createSecretKey(secret)));
  return key;
}
