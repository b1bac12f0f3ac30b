// HMACs of messages.

import { createHmac } from "node:crypto";
import { invalidKeyUsage } from "../errors.ts";
import type { Key, Material } from "../store.ts";
import { specFacts } from "./key-specs.ts";

export function macOf(
  key: Key,
  { Message, MacAlgorithm }: { readonly Message: Uint8Array; readonly MacAlgorithm: string },
): Uint8Array {
  if (specFacts(key.spec)?.mac.includes(MacAlgorithm) !== true)
    throw invalidKeyUsage(`Algorithm ${MacAlgorithm} is incompatible with key spec ${key.spec}.`);
  const secret = Buffer.from((key.material.at(-1) as Material).secret, "base64");
  return createHmac(`sha${MacAlgorithm.slice(-3)}`, secret)
    .update(Message)
    .digest();
}
