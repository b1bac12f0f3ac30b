// Bodies at rest: received in one pass (digests, encryption, blob) and given back, whole or in ranges, as a stream.

import type { Blobs } from "../../../kernel/blobs.ts";
import { freeMemory, givesChunks, isGiving } from "../../../kernel/free-memory.ts";
import { WholeBody } from "../../../kernel/whole-body.ts";
import { entityTooLarge } from "../errors.ts";
import { checksumReady, checksumText, newChecksum, type Checksum as Digest } from "../../../protocols/checksums.ts";
import type { ChecksumAlgorithm, Context, Segment } from "../store.ts";
import { md5Of, runningMd5, type RunningMd5 } from "./md5.ts";
import { NONCE, newSeal, opened } from "./seal.ts";

/** One PUT or part: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PUT = 5 * 1024 ** 3;

export type Received = {
  readonly segment: Segment;
  /** Hex. */
  readonly md5: string;
  /** Base64, by algorithm. */
  readonly checksums: ReadonlyMap<ChecksumAlgorithm, string>;
};

export type Body = Uint8Array | AsyncIterable<Uint8Array> | string | undefined;

/** How a body is received: its key, the digests wanted besides MD5, and its length where it is known beforehand. */
export type Receiving = {
  readonly secret: Uint8Array;
  readonly wanted: readonly ChecksumAlgorithm[];
  readonly length?: number | undefined;
};

/** Keeps a body under its secret. */
export async function receive(context: Context, body: Body, { secret, wanted, length }: Receiving): Promise<Received> {
  for (const algorithm of wanted) {
    const loading = checksumReady(algorithm);
    if (loading !== undefined) await loading;
  }
  const digests = wanted.map((algorithm) => [algorithm, newChecksum(algorithm)] as const);
  const { encrypt, naming } = newSeal(secret, context.ids.bytes(NONCE));
  const pass = (chunk: Uint8Array): Uint8Array => {
    for (const [, digest] of digests) digest.update(chunk);
    return encrypt(chunk);
  };
  const source = sourceOf(body);
  if (source instanceof Uint8Array) {
    const md5 = md5Of(source);
    const blob = await context.blobs.putBytes(pass(source), { given: true, naming });
    const segment = { blob: blob.hash, size: blob.size };
    const received = { segment, md5: await md5, checksums: finish(digests) };
    if (body instanceof WholeBody) body.letGo();
    return received;
  }
  const md5 = runningMd5(length);
  try {
    const blob = await context.blobs.put(encrypted(source, pass, md5), { given: true, naming });
    const segment = { blob: blob.hash, size: blob.size };
    return { segment, md5: await md5.digest(), checksums: finish(digests) };
  } catch (error) {
    md5.leave();
    throw error;
  }
}

/** Keeps bytes that are kept already once more. They are let go even if they are not all taken. */
export async function receiveCopy(
  context: Context,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  receiving: Receiving,
): Promise<Received> {
  try {
    return await receive(context, bytes, receiving);
  } finally {
    if (!(bytes instanceof Uint8Array)) await bytes[Symbol.asyncIterator]().return?.();
  }
}

function finish(digests: readonly (readonly [ChecksumAlgorithm, Digest])[]): ReadonlyMap<ChecksumAlgorithm, string> {
  return new Map(digests.map(([algorithm, digest]) => [algorithm, checksumText(digest)]));
}

function sourceOf(body: Body): AsyncIterable<Uint8Array> | Uint8Array {
  if (body === undefined) return new Uint8Array(0);
  if (typeof body === "string") return Buffer.from(body);
  return body instanceof WholeBody ? body.bytes() : body;
}

async function* encrypted(
  source: AsyncIterable<Uint8Array>,
  pass: (chunk: Uint8Array) => Uint8Array,
  md5: RunningMd5,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  const given = isGiving(source);
  for await (const chunk of source) {
    size += chunk.length;
    if (size > MAX_PUT) throw entityTooLarge(size, MAX_PUT);
    const full = md5.update(chunk);
    const secret = pass(chunk);
    if (full !== undefined) await full;
    if (given) freeMemory(chunk);
    yield secret;
  }
}

/** Bytes from `start` up to but without `end` of an object's segments. */
export function readBody(
  blobs: Blobs,
  segments: readonly Segment[],
  secret: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): Uint8Array | AsyncIterable<Uint8Array> {
  if (end <= start) return new Uint8Array(0);
  const [only] = segments;
  if (segments.length === 1 && only !== undefined) {
    const bytes = blobs.inMemory(only.blob);
    if (bytes !== undefined) return opened(only.blob, secret, start).update(bytes.subarray(start, end));
  }
  const hashes = segments.map((segment) => segment.blob);
  return givesChunks(blobs.holding(hashes, decrypted(blobs, segments, secret, { start, end })));
}

async function* decrypted(
  blobs: Blobs,
  segments: readonly Segment[],
  secret: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const segment of segments) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, segment.size);
    offset += segment.size;
    if (to <= from) continue;
    const decipher = opened(segment.blob, secret, from);
    for await (const chunk of blobs.lend(segment.blob, from, to)) yield decipher.update(chunk);
  }
}

/** A body as a stream, whatever it is: for copies and ports. */
export async function* streamOf(body: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}
