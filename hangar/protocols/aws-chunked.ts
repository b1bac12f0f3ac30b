// aws-chunked request bodies, decoded as they flow: signed chunks, trailers with checksums, or neither.
import { createHash, hash } from "node:crypto";
import { AwsError } from "../kernel/aws-error.ts";
import { freeMemory, isGiving } from "../kernel/free-memory.ts";
import { WholeBody } from "../kernel/whole-body.ts";
import { badDigest, checksumOfHeader, checksumReady, checksumText, newChecksum, type Checksum } from "./checksums.ts";
import { hmacHex } from "./sigv4-key.ts";
import { contentMismatch, type ChunkSigning } from "./sigv4.ts";
import { doesNotMatch } from "./sigv4-errors.ts";

type Headers = Readonly<Record<string, string>>;

const incompleteBody = (): AwsError => new AwsError("IncompleteBody", "The request body terminated unexpectedly");
const malformedTrailer = (): AwsError =>
  new AwsError(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
  );

const missingLength = (): AwsError =>
  new AwsError("MissingContentLength", "You must provide the Content-Length HTTP header.", { status: 411 });

const lineLimit = 16_384;

/** Lines and counted bytes from a stream of pieces, asking for the next piece only when one is needed. */
class PieceReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #given: boolean;
  #whole: Uint8Array = new Uint8Array(0);
  /** What is left of it. */
  #piece = this.#whole;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
    this.#given = isGiving(source);
  }

  /** False at the end of the stream. */
  async #more(): Promise<boolean> {
    while (this.#piece.byteLength === 0) {
      const next = await this.#source.next();
      if (next.done) return false;
      if (this.#given) freeMemory(this.#whole);
      this.#piece = this.#whole = next.value;
    }
    return true;
  }

  /** Up to `count` bytes, at least one: the reader's until more is asked for. */
  async some(count: number): Promise<Uint8Array> {
    if (!(await this.#more())) throw incompleteBody();
    const taken = this.#piece.subarray(0, count);
    this.#piece = this.#piece.subarray(taken.byteLength);
    return taken;
  }

  /** A line without its end; undefined at the end of the stream. */
  async line(): Promise<string | undefined> {
    let text = "";
    while (await this.#more()) {
      const end = this.#piece.indexOf(0x0a);
      const part = end === -1 ? this.#piece : this.#piece.subarray(0, end);
      text += Buffer.from(part).toString("latin1");
      this.#piece = end === -1 ? new Uint8Array(0) : this.#piece.subarray(end + 1);
      if (end !== -1) return text.endsWith("\r") ? text.slice(0, -1) : text;
      if (text.length > lineLimit) throw incompleteBody();
    }
    return text === "" ? undefined : text;
  }

  /** Lets the sender go on: node keeps a connection only when its request was read. */
  async end(): Promise<void> {
    await this.#source.return?.();
  }
}

const emptyHash = hash("sha256", "", "hex");

/** Each chunk's signature covers the one before. */
class SignatureChain {
  readonly #signing: ChunkSigning;
  #previous: string;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.signature;
  }

  #check(kind: "PAYLOAD" | "TRAILER", hashes: string, given: string | undefined): void {
    const { accessKeyId, signingKey, scope, amzDate } = this.#signing;
    const text = `AWS4-HMAC-SHA256-${kind}\n${amzDate}\n${scope}\n${this.#previous}\n${hashes}`;
    if (hmacHex(signingKey, text) !== given)
      throw doesNotMatch("s3", { accessKeyId, signature: given ?? "", stringToSign: text });
    this.#previous = given;
  }

  chunk(digest: string, given: string | undefined): void {
    this.#check("PAYLOAD", `${emptyHash}\n${digest}`, given);
  }

  trailer(lines: string, given: string | undefined): void {
    this.#check("TRAILER", hash("sha256", lines, "hex"), given);
  }
}

type Decoding = {
  readonly reader: PieceReader;
  readonly chain: SignatureChain | undefined;
  readonly checksums: ReadonlyMap<string, Checksum>;
  readonly expectsTrailer: boolean;
};

const chunkHead = /^([0-9a-fA-F]{1,8})\s*(?:;\s*chunk-signature=([0-9a-f]{64}))?\s*(?:;.*)?$/;

const readHead = async (reader: PieceReader): Promise<{ size: number; signature: string | undefined }> => {
  const line = await reader.line();
  if (line === undefined) throw incompleteBody();
  const match = chunkHead.exec(line);
  if (match === null) throw incompleteBody();
  return { size: Number.parseInt(match[1] ?? "0", 16), signature: match[2] };
};

/** `name:value` lines after the last chunk. */
const readTrailers = async (reader: PieceReader): Promise<ReadonlyMap<string, string>> => {
  const trailers = new Map<string, string>();
  for (;;) {
    const line = await reader.line();
    if (line === undefined || line === "") return trailers;
    const colon = line.indexOf(":");
    if (colon < 1) throw malformedTrailer();
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
};

const checkTrailers = ({ chain, checksums, expectsTrailer }: Decoding, trailers: ReadonlyMap<string, string>): void => {
  const signature = trailers.get("x-amz-trailer-signature");
  const lines = [...trailers]
    .filter(([name]) => name !== "x-amz-trailer-signature")
    .map(([name, value]) => `${name}:${value}\n`);
  if (chain !== undefined && expectsTrailer) chain.trailer(lines.join(""), signature);
  for (const [name, checksum] of checksums) {
    const given = trailers.get(name);
    if (given === undefined) throw malformedTrailer();
    if (checksumText(checksum) !== given) throw badDigest(checksum.algorithm);
  }
};

async function* chunks(decoding: Decoding): AsyncGenerator<Uint8Array> {
  const { reader, chain, checksums } = decoding;
  for (const { algorithm } of checksums.values()) await checksumReady(algorithm);
  for (;;) {
    const { size, signature } = await readHead(reader);
    const digest = chain === undefined ? undefined : createHash("sha256");
    for (let left = size; left > 0;) {
      const piece = await reader.some(left);
      left -= piece.byteLength;
      digest?.update(piece);
      for (const checksum of checksums.values()) checksum.update(piece);
      yield piece;
    }
    if (digest !== undefined) chain?.chunk(digest.digest("hex"), signature);
    if (size === 0) break;
    if ((await reader.line()) !== "") throw incompleteBody();
  }
  checkTrailers(decoding, await readTrailers(reader));
  await reader.end();
}

/** Counts what came against what was promised. */
async function* counted(source: AsyncIterable<Uint8Array>, promised: number | undefined): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of source) {
    length += piece.byteLength;
    if (promised !== undefined && length > promised) throw incompleteBody();
    yield piece;
  }
  if (promised !== undefined && length !== promised) throw incompleteBody();
}

const digestPattern = /^[0-9a-f]{64}$/;

/** A plain body whose hash the client stated. */
const hashed = (source: AsyncIterable<Uint8Array>, given: string): AsyncIterable<Uint8Array> =>
  source instanceof WholeBody
    ? source.checked((bytes) => checkHash(hash("sha256", bytes, "hex"), given))
    : hashedAsItComes(source, given);

const checkHash = (computed: string, given: string): void => {
  if (computed !== given) throw contentMismatch(given, computed);
};

async function* hashedAsItComes(source: AsyncIterable<Uint8Array>, given: string): AsyncGenerator<Uint8Array> {
  const digest = createHash("sha256");
  for await (const piece of source) {
    digest.update(piece);
    yield piece;
  }
  checkHash(digest.digest("hex"), given);
}

const trailerChecksums = (headers: Headers): ReadonlyMap<string, Checksum> => {
  const checksums = new Map<string, Checksum>();
  for (const name of (headers["x-amz-trailer"] ?? "").toLowerCase().split(",")) {
    const algorithm = checksumOfHeader(name.trim());
    if (algorithm !== undefined) checksums.set(name.trim(), newChecksum(algorithm));
  }
  return checksums;
};

export const isAwsChunked = (headers: Headers): boolean =>
  (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-") ||
  // The coding's name alone makes no chunks.
  ((headers["content-encoding"] ?? "").includes("aws-chunked") &&
    headers["x-amz-decoded-content-length"] !== undefined);

/** A Content-Encoding without the transfer's own coding, otherwise as written. */
export const withoutAwsChunked = (encoding: string): string =>
  encoding
    .replaceAll(/(?:^|,)\s*aws-chunked\s*(?=,|$)/g, "")
    .replace(/^\s*,/, "")
    .trim();

/** S3 takes no body whose length nobody states. */
export const checkLength = (headers: Headers): void => {
  if (headers["content-length"] !== undefined || headers["x-amz-decoded-content-length"] !== undefined) return;
  if (headers["transfer-encoding"] === undefined || isAwsChunked(headers)) throw missingLength();
  const message = "A header you provided implies functionality that is not implemented";
  throw new AwsError("NotImplemented", message, { status: 501, members: { Header: "Transfer-Encoding" } });
};

/** The body itself; each piece is its reader's until the next is asked for. Bodies that are not aws-chunked pass; where the head states a SHA-256, it is checked as they flow. */
export const decodeAwsChunked = (
  body: AsyncIterable<Uint8Array>,
  headers: Headers,
  signing: ChunkSigning | undefined,
): AsyncIterable<Uint8Array> => {
  const mode = headers["x-amz-content-sha256"] ?? "";
  if (!isAwsChunked(headers)) return digestPattern.test(mode) ? hashed(body, mode) : body;
  const decoded = headers["x-amz-decoded-content-length"];
  if (decoded === undefined && mode.startsWith("STREAMING-")) {
    throw missingLength();
  }
  const isSigned = mode.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
  const decoding: Decoding = {
    reader: new PieceReader(body),
    chain: isSigned && signing !== undefined ? new SignatureChain(signing) : undefined,
    checksums: trailerChecksums(headers),
    expectsTrailer: mode.endsWith("-TRAILER"),
  };
  return counted(chunks(decoding), decoded === undefined ? undefined : Number(decoded));
};
