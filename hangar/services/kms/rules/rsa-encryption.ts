// Encrypt and Decrypt under RSA keys.

import { constants, createPublicKey, privateDecrypt, publicEncrypt } from "node:crypto";
import { invalidCiphertext, invalidKeyUsage, validationException } from "../errors.ts";
import type { Key, Material } from "../store.ts";
import { specFacts } from "./key-specs.ts";
import { privateKeyOf } from "./material.ts";

function oaepHash(key: Key, algorithm: string): { readonly oaepHash: "sha1" | "sha256"; readonly room: number } {
  const facts = specFacts(key.spec);
  if (facts === undefined || !facts.encryption.includes(algorithm))
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  const size = algorithm.endsWith("SHA_1") ? 20 : 32;
  return { oaepHash: size === 20 ? "sha1" : "sha256", room: (facts.bits ?? 0) / 8 - 2 * size - 2 };
}

export function rsaEncrypt(key: Key, plaintext: Uint8Array, algorithm: string): Uint8Array {
  const { oaepHash: hash, room } = oaepHash(key, algorithm);
  if (plaintext.length > room)
    throw validationException(
      `Algorithm ${algorithm} and key spec ${key.spec} cannot encrypt data larger than ${room} bytes.`,
    );
  return publicEncrypt(
    {
      key: createPublicKey(privateKeyOf(key.material.at(-1) as Material)),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: hash,
    },
    plaintext,
  );
}

export function rsaDecrypt(key: Key, ciphertext: Uint8Array, algorithm: string): Uint8Array {
  const { oaepHash: hash } = oaepHash(key, algorithm);
  try {
    return privateDecrypt(
      { key: privateKeyOf(key.material.at(-1) as Material), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash },
      ciphertext,
    );
  } catch {
    throw invalidCiphertext();
  }
}
