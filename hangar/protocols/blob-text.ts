// Blobs as base64 text and back.
import { AwsError } from "../kernel/aws-error.ts";

const serialisation = (message: string): AwsError => new AwsError("SerializationException", message);

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

/** Small buffers share node's pool; a copy keeps a stored row from holding 8 KB for 10 bytes. */
const detached = (buffer: Buffer): Uint8Array =>
  buffer.byteLength < 4096
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Base64 as AWS's Java services read it: padded, canonical. */
export const blobFromBase64 = (text: string): Uint8Array => {
  if (text.length % 4 !== 0)
    throw serialisation(`Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`);
  if (!alphabet.test(text)) throw serialisation("Invalid Base64 character");
  const buffer = Buffer.from(text, "base64");
  if (text.endsWith("=") && buffer.toString("base64") !== text)
    throw serialisation("Invalid last non-pad Base64 character dectected");
  return detached(buffer);
};

/** Forgiving: query, header and XML values may lack padding. */
export const blobFromLooseBase64 = (text: string): Uint8Array => detached(Buffer.from(text, "base64"));

export const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

export const utf8 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");

export const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
