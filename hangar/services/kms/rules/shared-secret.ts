// ECDH between a key of ours and somebody's public key.

import { createPublicKey, diffieHellman } from "node:crypto";
import { validationException } from "../errors.ts";
import type { Key, Material } from "../store.ts";
import { privateKeyOf } from "./material.ts";

export function sharedSecret(key: Key, publicKey: Uint8Array): Uint8Array {
  try {
    const theirs = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    return diffieHellman({ privateKey: privateKeyOf(key.material.at(-1) as Material), publicKey: theirs });
  } catch {
    throw validationException("");
  }
}
