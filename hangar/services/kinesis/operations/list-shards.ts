// Lists a stream's shards, all or those of a time. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListShards.html

import type { ListShardsInput, ListShardsOutput } from "../../../models/kinesis.d.ts";
import { checkCreation, findStream } from "../engine/find-stream.ts";
import { livingShards, passesFilter } from "../engine/list-shards.ts";
import { invalidArgument } from "../errors.ts";
import { showShard } from "../rules/descriptions.ts";
import { readToken, writeToken, type Filter } from "../rules/page-token.ts";
import { shardId } from "../rules/shard-id.ts";
import { operation } from "../store.ts";

export const listShards = operation<ListShardsInput, ListShardsOutput>((input, context) => {
  const now = context.clock.now();
  const { filter, after, ...named } = pageOf(input, now);
  const place = findStream(context, named);
  const { stream } = place;
  checkCreation(stream, input.StreamCreationTimestamp);
  const limit = input.MaxResults ?? 1000;
  const shards = livingShards(place, now, after).filter((shard) => passesFilter(place, shard, filter, now));
  const page = shards.slice(0, limit);
  const last = page.at(-1);
  const more = shards.length > limit && last !== undefined;
  return {
    Shards: page.map(showShard),
    ...(more ? { NextToken: writeToken({ stream: stream.arn, after: shardId(last.index), made: now, filter }) } : {}),
  };
});

function pageOf(input: ListShardsInput, now: number) {
  const { NextToken, StreamName, StreamARN, ExclusiveStartShardId: start } = input;
  if (NextToken === undefined) {
    if (StreamName === undefined && StreamARN === undefined)
      throw invalidArgument("Either NextToken or StreamName should be provided.");
    const filter = filterOf(input);
    if (filter?.type === "AFTER_SHARD_ID" && start !== undefined)
      throw invalidArgument(
        "ExclusiveStartShardId and ShardFilter of type AFTER_SHARD_ID cannot be provided together.",
      );
    return { StreamName, StreamARN, filter, after: filter?.type === "AFTER_SHARD_ID" ? filter.shardId : start };
  }
  const others = {
    StreamName,
    ExclusiveStartShardId: start,
    StreamCreationTimestamp: input.StreamCreationTimestamp,
    ShardFilter: input.ShardFilter,
  };
  for (const [name, value] of Object.entries(others))
    if (value !== undefined) throw invalidArgument(`NextToken and ${name} cannot be provided together.`);
  const token = readToken(NextToken, now);
  if (StreamARN !== undefined && StreamARN !== token.stream) throw invalidArgument("NextToken is invalid.");
  return { StreamName: undefined, StreamARN: token.stream, filter: token.filter, after: token.after };
}

function filterOf({ ShardFilter }: ListShardsInput): Filter | undefined {
  if (ShardFilter === undefined) return undefined;
  const { Type: type, ShardId: shard, Timestamp: at } = ShardFilter;
  const timed = type === "AT_TIMESTAMP" || type === "FROM_TIMESTAMP";
  if (timed !== (at !== undefined))
    throw invalidArgument(`Timestamp must ${timed ? "" : "not "}be provided for ShardFilter of type ${type}.`);
  const named = type === "AFTER_SHARD_ID";
  if (named !== (shard !== undefined))
    throw invalidArgument(`ShardId must ${named ? "" : "not "}be provided for ShardFilter of type ${type}.`);
  return { type, shardId: shard, at: at?.getTime() };
}
