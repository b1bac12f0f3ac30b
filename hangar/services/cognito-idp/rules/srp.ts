// SRP-6a as Cognito's clients speak it: 3072-bit group, SHA-256, and a key by HKDF. Numbers travel as hexadecimal text.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Verifier } from "../store.ts";

/** RFC 3526's group 15. */
const N = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);
const G = 2n;
const K = hashOf(padded(N), padded(G));

/** Positive in two's complement, as Java's big integers are written. */
function padded(number: bigint): string {
  const hex = number.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

function hashOf(...hex: readonly string[]): bigint {
  return BigInt(`0x${createHash("sha256").update(hex.join(""), "hex").digest("hex")}`);
}

function power(foundation: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = foundation % N;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}

export type Identity = {
  /** The pool's id after its region. */
  readonly poolName: string;
  readonly username: string;
};

export function verifierOf({ poolName, username }: Identity, password: string, salt: string): Verifier {
  const inner = createHash("sha256").update(`${poolName}${username}:${password}`, "utf8").digest("hex");
  const x = hashOf(padded(BigInt(`0x${salt}`)), inner);
  return { salt, verifier: power(G, x).toString(16) };
}

export function isPassword(identity: Identity, password: string, kept: Verifier): boolean {
  const { verifier } = verifierOf(identity, password, kept.salt);
  const [own, other] = [Buffer.from(verifier), Buffer.from(kept.verifier)];
  return own.length === other.length && timingSafeEqual(own, other);
}

/** The server's public value for a secret of its own. */
export function publicValue(secret: string, { verifier }: Verifier): string {
  return ((K * BigInt(`0x${verifier}`) + power(G, BigInt(`0x${secret}`))) % N).toString(16);
}

/** A value no client may send: the key would not depend on the password. */
export function isBadValue(a: string): boolean {
  return !/^[0-9a-f]+$/i.test(a) || BigInt(`0x${a}`) % N === 0n;
}

export type Exchange = { readonly a: string; readonly b: string; readonly verifier: Verifier };

/** The 16 bytes both sides come to. */
function sessionKey({ a, b, verifier }: Exchange): Buffer {
  const A = BigInt(`0x${a}`);
  const u = hashOf(padded(A), padded(BigInt(`0x${publicValue(b, verifier)}`)));
  const shared = power((A * power(BigInt(`0x${verifier.verifier}`), u)) % N, BigInt(`0x${b}`));
  const key = createHmac("sha256", Buffer.from(padded(u), "hex"))
    .update(Buffer.from(padded(shared), "hex"))
    .digest();
  return createHmac("sha256", key)
    .update(Buffer.concat([Buffer.from("Caldera Derived Key"), Buffer.from([1])]))
    .digest()
    .subarray(0, 16);
}

export type Claim = { readonly signature: string; readonly secretBlock: string; readonly timestamp: string };

export function isClaim(exchange: Exchange, { poolName, username }: Identity, claim: Claim): boolean {
  const wanted = createHmac("sha256", sessionKey(exchange))
    .update(poolName)
    .update(username)
    .update(Buffer.from(claim.secretBlock, "base64"))
    .update(claim.timestamp)
    .digest();
  const given = Buffer.from(claim.signature, "base64");
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
