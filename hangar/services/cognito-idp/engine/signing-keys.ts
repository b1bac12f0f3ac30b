// The RSA keys that tokens are signed with: real ones, made once a process, under ids of each pool's own.

import {
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPair,
  type KeyObject,
} from "node:crypto";
import { promisify } from "node:util";
import type { Place, SigningKeyRow } from "../store.ts";

type Pair = readonly [string, string];
export type KeySet = readonly [SigningKeyRow, SigningKeyRow];
export type PublicKey = Readonly<Record<"alg" | "e" | "kid" | "kty" | "n" | "use", string>>;

let made: Promise<Pair> | undefined;

/** Of id tokens and of access tokens. Forks and snapshots keep the rows, so that what was signed stays good. */
export async function keySetOf({ pool, store, context }: Place): Promise<KeySet> {
  const kept = store.signingKeys.get(pool.id);
  if (kept !== undefined) return kept;
  const [forIds, forAccess] = await (made ??= newPair());
  // Another call may have come first while the keys were made.
  const row = store.signingKeys.get(pool.id) ?? [
    { kid: kidOf(context.ids.bytes(32)), privateKey: forIds },
    { kid: kidOf(context.ids.bytes(32)), privateKey: forAccess },
  ];
  store.signingKeys.put(pool.id, row);
  return row;
}

function kidOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

async function newPair(): Promise<Pair> {
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

export function publicKey({ kid, privateKey }: SigningKeyRow): PublicKey {
  const { e = "", n = "" } = createPublicKey(keyObject(privateKey)).export({ format: "jwk" });
  return { alg: "RS256", e, kid, kty: "RSA", n, use: "sig" };
}

/** The compact form of a JWT. */
export function signed(claims: object, { kid, privateKey }: SigningKeyRow): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ kid, alg: "RS256" })}.${part(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(keyObject(privateKey), "base64url")}`;
}

export type Jwt = {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly signature: string;
};

/** Taken apart, not yet believed; undefined for what is no JWT of ours. */
export function parsed(token: string): Jwt | undefined {
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0 || signature === "") return undefined;
  try {
    const { kid, alg } = JSON.parse(Buffer.from(head, "base64url").toString()) as Record<string, unknown>;
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    return alg === "RS256" && typeof kid === "string" && typeof claims === "object" && claims !== null
      ? { kid, claims, text: `${head}.${body}`, signature }
      : undefined;
  } catch {
    return undefined;
  }
}

export function isSignedBy({ kid, text, signature }: Jwt, keys: KeySet): boolean {
  const key = keys.find((each) => each.kid === kid);
  return (
    key !== undefined &&
    createVerify("RSA-SHA256")
      .update(text)
      .verify(createPublicKey(keyObject(key.privateKey)), signature, "base64url")
  );
}
