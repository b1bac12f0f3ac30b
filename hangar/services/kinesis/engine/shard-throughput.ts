// What a shard takes and gives in a second, for streams that ask for it by the tag `hangar:throughput` = `enforced`.
// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html

import { rateExceeded } from "../errors.ts";
import { bytesOf } from "../rules/record-size.ts";
import { shardId } from "../rules/shard-id.ts";
import { shardKey, type KinesisContext, type Place, type ShardPlace, type StreamRow, type Tokens } from "../store.ts";
import type { NewRecord } from "./append-record.ts";
import { openAt } from "./reshard.ts";

const MIB = 1024 * 1024;
/** Of a second; what was not used does not add up. */
const RATES: Tokens["left"] = { writes: 1000, written: MIB, reads: 5, read: 2 * MIB };

function isEnforced({ tags }: StreamRow): boolean {
  return tags["hangar:throughput"] === "enforced";
}

/** Why a shard does not take a record now; undefined when it does. */
export function refusal(context: KinesisContext, place: Place, hash: string, record: NewRecord) {
  if (!isEnforced(place.stream)) return undefined;
  const shard = openAt(place, hash);
  const bytes = bytesOf(record.Data, record.PartitionKey);
  const left = tokens(context, { ...place, shard });
  // What is larger than a second's bytes goes when these are there: it is a burst.
  if (left.writes < 1 || left.written < Math.min(bytes, RATES.written)) return exceeded({ ...place, shard });
  keep(context, { ...place, shard }, { ...left, writes: left.writes - 1, written: left.written - bytes });
  return undefined;
}

export function checkRead(context: KinesisContext, place: ShardPlace): void {
  if (!isEnforced(place.stream)) return;
  const left = tokens(context, place);
  if (left.reads < 1 || left.read <= 0) throw exceeded(place);
  keep(context, place, { ...left, reads: left.reads - 1 });
}

/** A large answer is paid for afterwards: the next one waits. */
export function countRead(context: KinesisContext, place: ShardPlace, bytes: number): void {
  if (!isEnforced(place.stream)) return;
  const left = tokens(context, place);
  keep(context, place, { ...left, read: left.read - bytes });
}

function exceeded({ stream, shard }: ShardPlace) {
  return rateExceeded(shardId(shard.index), stream.name, stream.account);
}

function tokens({ clock }: KinesisContext, { store, stream, shard }: ShardPlace): Tokens["left"] {
  const row = store.tokens.get(shardKey(stream.name, shard.index));
  if (row === undefined) return RATES;
  const seconds = Math.max(0, clock.now() - row.at) / 1000;
  const earned = (name: keyof Tokens["left"]): number => Math.min(RATES[name], row.left[name] + seconds * RATES[name]);
  return { writes: earned("writes"), written: earned("written"), reads: earned("reads"), read: earned("read") };
}

function keep({ clock }: KinesisContext, { store, stream, shard }: ShardPlace, left: Tokens["left"]): void {
  store.tokens.put(shardKey(stream.name, shard.index), { at: clock.now(), left });
}
