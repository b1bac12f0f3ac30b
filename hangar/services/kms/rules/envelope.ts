// Symmetric ciphertexts: AES-256-GCM with the encryption context as additional data; the blob names its key.

import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Ids } from "../../../kernel/ids.ts";
import { invalidCiphertext } from "../errors.ts";
import type { Key, Material } from "../store.ts";

export type EncryptionContext = Readonly<Record<string, string>>;

/** AWS's blobs begin with these bytes ("AQICAH…" in base64). */
const HEADER = Buffer.from([1, 2, 2, 0, 0x78]);

export type Blob = {
  readonly arn: string;
  readonly materialId: string;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
};

export function seal(key: Key, plaintext: Uint8Array, context: EncryptionContext, ids: Ids): Uint8Array {
  const material = key.material.at(-1) as Material;
  const iv = Buffer.from(ids.bytes(12));
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(material.secret, "base64"), iv);
  cipher.setAAD(additionalData(context));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const arn = Buffer.from(key.arn, "utf8");
  return Buffer.concat([
    HEADER,
    Buffer.from([arn.length]),
    arn,
    Buffer.from(material.id.slice(0, 16), "hex"),
    iv,
    cipher.getAuthTag(),
    data,
  ]);
}

/** What a blob says of itself; throws for anything that is none. */
export function parseBlob(ciphertext: Uint8Array): Blob {
  const bytes = Buffer.from(ciphertext);
  const length = bytes[HEADER.length];
  if (length === undefined || !bytes.subarray(0, HEADER.length).equals(HEADER)) throw invalidCiphertext();
  let at = HEADER.length + 1;
  const take = (size: number): Buffer => bytes.subarray(at, (at += size));
  const arn = take(length).toString("utf8");
  const materialId = take(8).toString("hex");
  const iv = take(12);
  const tag = take(16);
  if (tag.length < 16 || !arn.startsWith("arn:")) throw invalidCiphertext();
  return { arn, materialId, iv, tag, data: bytes.subarray(at) };
}

export function open(
  key: Key,
  blob: Blob,
  context: EncryptionContext,
): { readonly plaintext: Uint8Array; readonly materialId: string } {
  const material = key.material.find((each) => each.id.startsWith(blob.materialId));
  if (material === undefined) throw invalidCiphertext();
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(material.secret, "base64"), blob.iv);
  decipher.setAAD(additionalData(context));
  decipher.setAuthTag(blob.tag);
  try {
    return { plaintext: Buffer.concat([decipher.update(blob.data), decipher.final()]), materialId: material.id };
  } catch {
    throw invalidCiphertext();
  }
}

/** The order of an encryption context does not matter. */
function additionalData(context: EncryptionContext): Buffer {
  const entries = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify(entries), "utf8");
}
