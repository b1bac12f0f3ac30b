// A request and its answer, whatever carried them: HTTP/1.1, HTTP/2, TLS or an SDK client in this process.

import type { HangUp } from "../cloud/hang-up.ts";
import { AwsError } from "../kernel/aws-error.ts";
import type { Span } from "../kernel/trace.ts";
import { incompleteBody, StreamedBody } from "../kernel/streamed-body.ts";
import { WholeBody } from "../kernel/whole-body.ts";

export type Incoming = {
  readonly method: string;
  /** Lower case, without port. */
  readonly host: string;
  /** Raw, percent-encoded. */
  readonly path: string;
  /** Raw, without the question mark. */
  readonly query: string;
  /** Lower-case names; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawHeaders: readonly string[];
  readonly body: AsyncIterable<Uint8Array>;
  /** The body, when it is at hand already. */
  readonly bytes?: Uint8Array | undefined;
  readonly sourceIp: string;
  readonly secure: boolean;
  /** e.g. `http://127.0.0.1:4566`, as the caller reached us. */
  readonly origin: string;
  /** Whoever waits for the answer. */
  readonly caller: HangUp;
  /** What led to it, when one of ours asks. */
  readonly cause?: Span | undefined;
};

export type Outgoing = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** The modelled output streams: a client in this process must get a stream even when the bytes are at hand. */
  readonly streams?: boolean | undefined;
};

/** A body that says in AWS's words when it breaks off. */
export function received(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return body instanceof WholeBody || body instanceof StreamedBody ? body : whileItComes(body);
}

async function* whileItComes(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw incompleteBody();
  }
}

/** The whole body; refused above `limit` bytes. */
export async function readAll(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of received(body)) {
    size += chunk.length;
    if (size > limit)
      throw new AwsError("RequestEntityTooLarge", `The request body is larger than ${limit} bytes.`, { status: 413 });
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}
