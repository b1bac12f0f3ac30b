// RSASSA-PSS over a digest (RFC 8017, 9.1): node:crypto only signs whole messages.

import { createHash, timingSafeEqual } from "node:crypto";

type Hash = "sha256" | "sha384" | "sha512";

/** `bits` is the modulus length less one. */
export function encodePss(
  digest: Uint8Array,
  salt: Uint8Array,
  { hash, bits }: { readonly hash: Hash; readonly bits: number },
): Buffer {
  const length = Math.ceil(bits / 8);
  const inner = createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();
  const block = Buffer.concat([Buffer.alloc(length - salt.length - inner.length - 2), Buffer.from([1]), salt]);
  const masked = xor(block, mask(inner, block.length, hash));
  masked[0] = (masked[0] ?? 0) & (0xff >>> (8 * length - bits));
  return Buffer.concat([masked, inner, Buffer.from([0xbc])]);
}

export function verifyPss(
  digest: Uint8Array,
  encoded: Buffer,
  { hash, bits }: { readonly hash: Hash; readonly bits: number },
): boolean {
  const length = Math.ceil(bits / 8);
  const size = digest.length;
  const block = encoded.subarray(encoded.length - length);
  if (block.at(-1) !== 0xbc) return false;
  const masked = block.subarray(0, length - size - 1);
  const inner = block.subarray(length - size - 1, length - 1);
  const plain = xor(masked, mask(inner, masked.length, hash));
  plain[0] = (plain[0] ?? 0) & (0xff >>> (8 * length - bits));
  const start = plain.indexOf(1);
  if (start < 0 || plain.subarray(0, start).some((byte) => byte !== 0)) return false;
  const expected = createHash(hash)
    .update(Buffer.alloc(8))
    .update(digest)
    .update(plain.subarray(start + 1))
    .digest();
  return timingSafeEqual(expected, inner);
}

/** MGF1. */
function mask(seed: Uint8Array, length: number, hash: Hash): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter += 1) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    const block = createHash(hash).update(seed).update(number).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Uint8Array, right: Uint8Array): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}
