// ECDSA over a digest: node:crypto only signs whole messages, but its ECDH multiplies points, and whoever holds the private key needs no more.

import { createECDH, type KeyObject } from "node:crypto";
import type { Ids } from "../../../kernel/ids.ts";

const ORDERS: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  secp521r1:
    0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
};

/** DER, as KMS gives it. */
export function signDigest(
  digest: Uint8Array,
  key: KeyObject,
  { curve, ids }: { readonly curve: string; readonly ids: Ids },
): Uint8Array {
  const order = ORDERS[curve] ?? 1n;
  const secret = secretOf(key);
  const z = truncated(digest, order);
  for (;;) {
    const k = (toNumber(ids.bytes(72)) % (order - 1n)) + 1n;
    const r = timesBase(k, curve, order);
    const s = (inverse(k, order) * (z + r * secret)) % order;
    if (r !== 0n && s !== 0n) return der(r, s);
  }
}

export function verifyDigest(
  digest: Uint8Array,
  signature: Uint8Array,
  { curve, key }: { readonly curve: string; readonly key: KeyObject },
): boolean {
  const order = ORDERS[curve] ?? 1n;
  const numbers = fromDer(signature);
  if (numbers === undefined) return false;
  const [r, s] = numbers;
  if (r <= 0n || s <= 0n || r >= order || s >= order) return false;
  const w = inverse(s, order);
  const scalar = (truncated(digest, order) * w + r * w * secretOf(key)) % order;
  return scalar !== 0n && timesBase(scalar, curve, order) === r;
}

function timesBase(scalar: bigint, curve: string, order: bigint): bigint {
  const size = Math.ceil(order.toString(2).length / 8);
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(Buffer.from(scalar.toString(16).padStart(size * 2, "0"), "hex"));
  const point = ecdh.getPublicKey();
  return toNumber(point.subarray(1, 1 + (point.length - 1) / 2)) % order;
}

function secretOf(key: KeyObject): bigint {
  return toNumber(Buffer.from(key.export({ format: "jwk" }).d ?? "", "base64url"));
}

function truncated(digest: Uint8Array, order: bigint): bigint {
  const excess = digest.length * 8 - order.toString(2).length;
  return excess > 0 ? toNumber(digest) >> BigInt(excess) : toNumber(digest);
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [((value % modulus) + modulus) % modulus, modulus, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex") || "0"}`);
}

function der(r: bigint, s: bigint): Uint8Array {
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.from(body.length > 127 ? [0x30, 0x81, body.length] : [0x30, body.length]), body]);
}

function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  const signed = (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return Buffer.concat([Buffer.from([2, signed.length]), signed]);
}

function fromDer(signature: Uint8Array): readonly [bigint, bigint] | undefined {
  const bytes = Buffer.from(signature);
  let at = bytes[1] === 0x81 ? 3 : 2;
  const numbers: bigint[] = [];
  while (numbers.length < 2) {
    const length = bytes[at + 1];
    if (bytes[0] !== 0x30 || bytes[at] !== 2 || length === undefined || at + 2 + length > bytes.length)
      return undefined;
    numbers.push(toNumber(bytes.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  const [r, s] = numbers;
  return r === undefined || s === undefined || at !== bytes.length ? undefined : [r, s];
}
