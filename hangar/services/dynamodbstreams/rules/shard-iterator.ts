// Shard iterators: opaque to callers, good for fifteen minutes.

import { expiredIterator, validation } from "../errors.ts";

export type ShardIterator = {
  readonly streamArn: string;
  readonly shardId: string;
  readonly next: string;
  readonly at: number;
};

const GOOD_FOR = 15 * 60_000;

export function writeIterator({ streamArn, shardId, next, at }: ShardIterator): string {
  return `${streamArn}|1|${Buffer.from(JSON.stringify([shardId, next, at])).toString("base64")}`;
}

export function readIterator(text: string, now: number): ShardIterator {
  const [streamArn, version, rest] = text.split("|");
  try {
    const [shardId, next, at] = JSON.parse(Buffer.from(rest ?? "", "base64").toString()) as [string, string, number];
    if (
      streamArn === undefined ||
      version !== "1" ||
      typeof shardId !== "string" ||
      typeof next !== "string" ||
      typeof at !== "number"
    )
      throw new TypeError("Not an iterator.");
    if (now - at <= GOOD_FOR) return { streamArn, shardId, next, at };
  } catch {
    throw validation("Invalid ShardIterator");
  }
  throw expiredIterator();
}

/** For the access rule: no iterator is judged here. */
export function streamOf(text: string): string {
  return text.split("|")[0] ?? "*";
}
