// What each key spec is for and which algorithms it has.

import { validationException } from "../errors.ts";
import type { Usage } from "../store.ts";

export type SpecFacts = {
  readonly usages: readonly Usage[];
  readonly encryption: readonly string[];
  readonly signing: readonly string[];
  readonly mac: readonly string[];
  readonly curve?: string;
  readonly bits?: number;
};

const OAEP = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"];
const RSA_SIGNING = [
  "RSASSA_PKCS1_V1_5_SHA_256",
  "RSASSA_PKCS1_V1_5_SHA_384",
  "RSASSA_PKCS1_V1_5_SHA_512",
  "RSASSA_PSS_SHA_256",
  "RSASSA_PSS_SHA_384",
  "RSASSA_PSS_SHA_512",
];
const NONE = { encryption: [], signing: [], mac: [] };

const rsa = (bits: number): SpecFacts => ({
  usages: ["ENCRYPT_DECRYPT", "SIGN_VERIFY"],
  encryption: OAEP,
  signing: RSA_SIGNING,
  mac: [],
  bits,
});
const ecc = (curve: string, hash: number, agreement = true): SpecFacts => ({
  ...NONE,
  usages: agreement ? ["SIGN_VERIFY", "KEY_AGREEMENT"] : ["SIGN_VERIFY"],
  signing: [`ECDSA_SHA_${hash}`],
  curve,
});
const hmac = (hash: number): SpecFacts => ({
  ...NONE,
  usages: ["GENERATE_VERIFY_MAC"],
  mac: [`HMAC_SHA_${hash}`],
  bits: hash,
});

const SPECS: Readonly<Record<string, SpecFacts>> = {
  SYMMETRIC_DEFAULT: { ...NONE, usages: ["ENCRYPT_DECRYPT"], encryption: ["SYMMETRIC_DEFAULT"] },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: ecc("prime256v1", 256),
  ECC_NIST_P384: ecc("secp384r1", 384),
  ECC_NIST_P521: ecc("secp521r1", 512),
  ECC_SECG_P256K1: ecc("secp256k1", 256, false),
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
};

/** Undefined for specs that are AWS's but not ours. */
export function specFacts(spec: string): SpecFacts | undefined {
  return SPECS[spec];
}

export function usageFor(spec: string, facts: SpecFacts, asked: string | undefined): Usage {
  if (asked === undefined) {
    if (spec === "SYMMETRIC_DEFAULT") return "ENCRYPT_DECRYPT";
    throw validationException(
      "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    );
  }
  const usage = facts.usages.find((each) => each === asked);
  if (usage === undefined) throw validationException(`KeyUsage ${asked} is not compatible with KeySpec ${spec}`);
  return usage;
}
