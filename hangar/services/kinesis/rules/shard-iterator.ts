// Shard iterators: opaque to callers, good for five minutes.

import { expiredIterator, invalidArgument } from "../errors.ts";

export type ShardIterator = {
  readonly account: string;
  readonly stream: string;
  /** When the stream was: an iterator does not outlive it. */
  readonly created: number;
  readonly shard: number;
  /** Number of the record to read next. */
  readonly next: number;
  readonly made: number;
};

const GOOD_FOR = 300_000;
/** AWS's begin with these eight bytes. */
const HEAD = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]);

export function writeIterator({ account, stream, created, shard, next, made }: ShardIterator): string {
  const body = Buffer.from(JSON.stringify([account, stream, created, shard, next, made]));
  return Buffer.concat([HEAD, body]).toString("base64");
}

export function readIterator(text: string, now: number): ShardIterator {
  const read = iteratorOf(text);
  if (read === undefined) throw invalidArgument("Invalid ShardIterator.");
  if (now - read.made > GOOD_FOR) throw expiredIterator(read.made, now);
  return read;
}

export function iteratorOf(text: string): ShardIterator | undefined {
  const bytes = Buffer.from(text, "base64");
  if (!bytes.subarray(0, HEAD.length).equals(HEAD)) return undefined;
  try {
    const [account, stream, created, shard, next, made] = JSON.parse(
      bytes.subarray(HEAD.length).toString(),
    ) as unknown[];
    const texts = [account, stream].every((each) => typeof each === "string");
    const numbers = [created, shard, next, made].every((each) => typeof each === "number");
    return texts && numbers ? ({ account, stream, created, shard, next, made } as ShardIterator) : undefined;
  } catch {
    return undefined;
  }
}
