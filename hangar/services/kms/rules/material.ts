// Key material: made, and turned into what node:crypto computes with.

import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import type { Ids } from "../../../kernel/ids.ts";
import type { Material } from "../store.ts";
import type { SpecFacts } from "./key-specs.ts";

export function symmetricMaterial(ids: Ids): Material {
  return { id: ids.hex(64), secret: Buffer.from(ids.bytes(32)).toString("base64") };
}

/** RSA takes a while, so it is made off the event loop. Asymmetric keys are random even in a seeded world. */
export async function newMaterial(ids: Ids, facts: SpecFacts): Promise<Material> {
  if (facts.mac.length > 0)
    return { id: ids.hex(64), secret: Buffer.from(ids.bytes((facts.bits ?? 256) / 8)).toString("base64") };
  if (facts.curve === undefined && facts.bits === undefined) return symmetricMaterial(ids);
  const { privateKey } = await keyPair(facts);
  return { id: ids.hex(64), secret: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64") };
}

export function keyPair(facts: SpecFacts): Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject): void =>
      error === null ? resolve({ publicKey, privateKey }) : reject(error);
    if (facts.curve === undefined) generateKeyPair("rsa", { modulusLength: facts.bits ?? 2048 }, done);
    else generateKeyPair("ec", { namedCurve: facts.curve }, done);
  });
}

export function privateKeyOf(material: Material): KeyObject {
  return createPrivateKey({ key: Buffer.from(material.secret, "base64"), format: "der", type: "pkcs8" });
}

/** SubjectPublicKeyInfo, as GetPublicKey gives it. */
export function publicKeyBytes(material: Material): Uint8Array {
  return createPublicKey(privateKeyOf(material)).export({ type: "spki", format: "der" });
}
