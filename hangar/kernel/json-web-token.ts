// JSON Web Tokens signed with RSA: made, taken apart, and believed.

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";

/** `privateKey` is PEM text. */
export type SigningKeyRow = { readonly kid: string; readonly privateKey: string };
export type PublicKey = Readonly<Record<"alg" | "e" | "kid" | "kty" | "n" | "use", string>>;
type Algorithm = "RS256" | "RS512";

let made: Promise<readonly [string, string]> | undefined;

/** Two PEM keys, made once a process: they take their time. */
export async function processKeys(): Promise<readonly [string, string]> {
  return (made ??= newPair());
}

async function newPair(): Promise<readonly [string, string]> {
  const options = {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  } as const;
  const [first, second] = await Promise.all([
    promisify(generateKeyPair)("rsa", options),
    promisify(generateKeyPair)("rsa", options),
  ]);
  return [first.privateKey, second.privateKey];
}

const read = new Map<string, KeyObject>();

/** PEM text is read once. */
function keyObject(pem: string): KeyObject {
  let key = read.get(pem);
  if (key === undefined) read.set(pem, (key = createPrivateKey(pem)));
  return key;
}

export function publicKey({ kid, privateKey }: SigningKeyRow, alg: Algorithm = "RS256"): PublicKey {
  const { e = "", n = "" } = createPublicKey(keyObject(privateKey)).export({ format: "jwk" });
  return { alg, e, kid, kty: "RSA", n, use: "sig" };
}

const DIGESTS: Readonly<Record<Algorithm, string>> = { RS256: "sha256", RS512: "sha512" };

/** The compact form. */
export function signed(claims: object, { kid, privateKey }: SigningKeyRow, alg: Algorithm = "RS256"): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ kid, alg })}.${part(claims)}`;
  return `${text}.${sign(DIGESTS[alg], Buffer.from(text), keyObject(privateKey)).toString("base64url")}`;
}

export type Jwt = {
  readonly kid: string;
  readonly alg: Algorithm;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly signature: string;
};

/** Taken apart, not yet believed; undefined for what is no JWT of such a kind. */
export function parsed(token: string): Jwt | undefined {
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0 || signature === "") return undefined;
  try {
    const { kid, alg } = JSON.parse(Buffer.from(head, "base64url").toString()) as Record<string, unknown>;
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    return (alg === "RS256" || alg === "RS512") &&
      typeof kid === "string" &&
      typeof claims === "object" &&
      claims !== null
      ? { kid, alg, claims, text: `${head}.${body}`, signature }
      : undefined;
  } catch {
    return undefined;
  }
}

export function isSignedBy(jwt: Jwt, keys: readonly SigningKeyRow[]): boolean {
  const key = keys.find(({ kid }) => kid === jwt.kid);
  return key !== undefined && holds(jwt, createPublicKey(keyObject(key.privateKey)));
}

/** By the keys of a JWK set. */
export function isSignedByOneOf(jwt: Jwt, keys: readonly Readonly<Record<string, string>>[]): boolean {
  const key = keys.find(({ kid }) => kid === jwt.kid);
  return key !== undefined && holds(jwt, createPublicKey({ key: key as JsonWebKey, format: "jwk" }));
}

function holds({ alg, text, signature }: Jwt, key: KeyObject): boolean {
  return verify(DIGESTS[alg], Buffer.from(text), key, Buffer.from(signature, "base64url"));
}
