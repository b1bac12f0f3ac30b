// Sign and Verify: digests of messages under RSA and elliptic curve keys.

import { constants, createHash, createPublicKey, privateEncrypt, publicDecrypt } from "node:crypto";
import type { Ids } from "../../../kernel/ids.ts";
import { invalidKeyUsage, validationException } from "../errors.ts";
import type { Key, Material } from "../store.ts";
import { signDigest, verifyDigest } from "./ecdsa.ts";
import { specFacts } from "./key-specs.ts";
import { privateKeyOf } from "./material.ts";
import { encodePss, verifyPss } from "./pss.ts";

type Hash = "sha256" | "sha384" | "sha512";

/** DigestInfo before the digest itself (RFC 8017, 9.2). */
const PREFIXES: Readonly<Record<Hash, string>> = {
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
};

export type SignatureInput = {
  readonly Message: Uint8Array;
  readonly MessageType?: string | undefined;
  readonly SigningAlgorithm: string;
};

export function signatureOf(key: Key, input: SignatureInput, ids: Ids): Uint8Array {
  const { digest, hash, curve, bits } = prepared(key, input);
  const secret = privateKeyOf(key.material.at(-1) as Material);
  if (curve !== undefined) return signDigest(digest, secret, { curve, ids });
  if (input.SigningAlgorithm.startsWith("RSASSA_PSS")) {
    const encoded = encodePss(digest, ids.bytes(digest.length), { hash, bits: bits - 1 });
    return privateEncrypt({ key: secret, padding: constants.RSA_NO_PADDING }, encoded);
  }
  return privateEncrypt(
    { key: secret, padding: constants.RSA_PKCS1_PADDING },
    Buffer.concat([Buffer.from(PREFIXES[hash], "hex"), digest]),
  );
}

export function signatureIsValid(key: Key, input: SignatureInput, signature: Uint8Array): boolean {
  const { digest, hash, curve, bits } = prepared(key, input);
  const secret = privateKeyOf(key.material.at(-1) as Material);
  if (curve !== undefined) return verifyDigest(digest, signature, { curve, key: secret });
  const pss = input.SigningAlgorithm.startsWith("RSASSA_PSS");
  try {
    const padding = pss ? constants.RSA_NO_PADDING : constants.RSA_PKCS1_PADDING;
    const opened = publicDecrypt({ key: createPublicKey(secret), padding }, signature);
    return pss
      ? verifyPss(digest, opened, { hash, bits: bits - 1 })
      : opened.equals(Buffer.concat([Buffer.from(PREFIXES[hash], "hex"), digest]));
  } catch {
    return false;
  }
}

type Prepared = {
  readonly digest: Uint8Array;
  readonly hash: Hash;
  readonly curve: string | undefined;
  readonly bits: number;
};

function prepared(key: Key, { Message, MessageType = "RAW", SigningAlgorithm }: SignatureInput): Prepared {
  const facts = specFacts(key.spec);
  if (facts === undefined || !facts.signing.includes(SigningAlgorithm))
    throw invalidKeyUsage(`Algorithm ${SigningAlgorithm} is incompatible with key spec ${key.spec}.`);
  const size = Number(SigningAlgorithm.slice(-3));
  const hash: Hash = size === 256 ? "sha256" : size === 384 ? "sha384" : "sha512";
  if (MessageType === "DIGEST" && Message.length !== size / 8)
    throw validationException(`Digest is invalid length for algorithm ${SigningAlgorithm}.`);
  const digest = MessageType === "DIGEST" ? Message : createHash(hash).update(Message).digest();
  return { digest, hash, curve: facts.curve, bits: facts.bits ?? 0 };
}
