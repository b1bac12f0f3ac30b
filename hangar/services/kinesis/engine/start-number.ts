// The number of the record that reading starts with, for the five kinds of starting positions.

import { invalidArgument } from "../errors.ts";
import { shardId } from "../rules/shard-id.ts";
import { parseSequenceNumber } from "../rules/sequence-number.ts";
import type { ShardPlace } from "../store.ts";
import { firstAt, horizon, tail } from "./read-shard.ts";

export type Start = {
  readonly type: string;
  readonly sequenceNumber?: string | undefined;
  readonly at?: number | undefined;
  /** For messages. */
  readonly operation: string;
};

const EITHER =
  "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber.";

export function startNumber(place: ShardPlace, now: number, start: Start): number {
  const { type, sequenceNumber, at } = start;
  const numbered = type === "AT_SEQUENCE_NUMBER" || type === "AFTER_SEQUENCE_NUMBER";
  if (numbered && sequenceNumber === undefined)
    throw invalidArgument(`${EITHER} Request specified ${type} and no StartingSequenceNumber.`);
  if (!numbered && sequenceNumber !== undefined)
    throw invalidArgument(`${EITHER} Request specified ${type} and also a StartingSequenceNumber.`);
  if (sequenceNumber !== undefined) {
    const number = numberIn(place, sequenceNumber, start.operation);
    return type === "AT_SEQUENCE_NUMBER" ? number : number + 1;
  }
  if (type === "LATEST") return tail(place);
  if (type === "TRIM_HORIZON") return firstAt(place, horizon(place.stream, now));
  if (at === undefined)
    throw invalidArgument(
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp parameter.",
    );
  if (at > now)
    throw invalidArgument(
      `The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. timestampInMillis: ${at}, currentTimestampInMillis: ${now}`,
    );
  return firstAt(place, Math.max(at, horizon(place.stream, now)));
}

function numberIn({ stream, shard }: ShardPlace, text: string, operation: string): number {
  const used = `StartingSequenceNumber ${text} used in ${operation} on shard ${shardId(shard.index)} in stream ${stream.name} under account ${stream.account} is invalid`;
  const sequence = parseSequenceNumber(text);
  if (sequence === undefined) throw invalidArgument(`${used}.`);
  if (sequence.shard !== shard.index)
    throw invalidArgument(
      `Invalid StartingSequenceNumber. It encodes ${shardId(sequence.shard)}, while it was used in a call to a shard with ${shardId(shard.index)}`,
    );
  if (sequence.epoch !== shard.epoch) throw invalidArgument(`${used} because it did not come from this stream.`);
  return sequence.number;
}
