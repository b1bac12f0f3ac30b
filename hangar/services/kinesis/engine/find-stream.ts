// Streams, shards and consumers by the names and ARNs that requests give.

import { parseArn } from "../../../kernel/arn.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { consumerNotFound, couldNotFindShard, invalidArgument, resourceNotFound, streamNotFound } from "../errors.ts";
import { shardId, shardIndex } from "../rules/shard-id.ts";
import {
  shardKey,
  type ConsumerRow,
  type KinesisContext,
  type KinesisStore,
  type Place,
  type ShardPlace,
  type StreamRow,
} from "../store.ts";

/** What requests name a stream by; `StreamId` is reserved for AWS's future use. */
export type Named = { readonly StreamName?: string | undefined; readonly StreamARN?: string | undefined };

export type StreamName = { readonly account: string; readonly region: string; readonly name: string };

/** `arn:…:stream/name`, and the consumers' `…/consumer/name:1234` below it. */
export function streamOfArn(arn: string): StreamName | undefined {
  const parsed = parseArn(arn);
  const name = /^stream\/([^/]+)/.exec(parsed?.resource ?? "")?.[1];
  return parsed?.service !== "kinesis" || name === undefined
    ? undefined
    : { account: parsed.account, region: parsed.region, name };
}

/** Undefined when nothing is named. */
export function nameOf({ account, region }: KinesisContext, { StreamName, StreamARN }: Named): StreamName | undefined {
  if (StreamARN !== undefined) return streamOfArn(StreamARN);
  return StreamName === undefined ? undefined : { account, region, name: StreamName };
}

export function storeOf(context: KinesisContext, { account, region }: StreamName): KinesisStore {
  const here = account === context.account && region === context.region;
  return here ? context.store : context.storeAt(account, region);
}

export function findStream(context: KinesisContext, named: Named): Place {
  const found = nameOf(context, named);
  if (found === undefined) throw invalidArgument("Either StreamName or StreamARN should be provided.");
  const { account, name } = found;
  if (named.StreamName !== undefined && named.StreamName !== name)
    throw invalidArgument(`StreamName ${named.StreamName} and StreamARN ${named.StreamARN} name different streams.`);
  const place = streamNamed(context, found);
  if (place === undefined) throw streamNotFound(name, account);
  return place;
}

/** Tells a stream from another that had its name before. */
export function checkCreation({ name, account, created }: StreamRow, given: Date | undefined): void {
  const seconds = (time: number): number => Math.floor(time / 1000);
  if (given !== undefined && seconds(given.getTime()) !== seconds(created)) throw streamNotFound(name, account);
}

export function streamNamed(context: KinesisContext, named: StreamName): Place | undefined {
  // A stream is reached in its own region only.
  if (named.region !== context.region) return undefined;
  const store = storeOf(context, named);
  const stream = store.streams.get(named.name);
  return stream === undefined ? undefined : { stream, store };
}

export function findShard(place: Place, id: string): ShardPlace {
  const { stream, store } = place;
  const index = shardIndex(id);
  const shard = index === undefined ? undefined : store.shards.get(shardKey(stream.name, index));
  if (shard !== undefined) return { ...place, shard };
  throw couldNotFindShard(index === undefined ? id : shardId(index), stream.name, stream.account);
}

export type ConsumerPlace = { readonly consumer: ConsumerRow; readonly store: KinesisStore };

export type NamedConsumer = {
  readonly StreamARN?: string | undefined;
  readonly ConsumerName?: string | undefined;
  readonly ConsumerARN?: string | undefined;
};

/** By its ARN, or by its name and its stream's. */
export function findConsumer(context: KinesisContext, named: NamedConsumer): ConsumerPlace {
  const { StreamARN, ConsumerName, ConsumerARN } = named;
  if (ConsumerARN === undefined && (StreamARN === undefined || ConsumerName === undefined))
    throw invalidArgument("Either ConsumerARN or both StreamARN and ConsumerName should be provided.");
  const found = consumerIfAny(context, named);
  const account = streamOfArn(ConsumerARN ?? StreamARN ?? "")?.account ?? context.account;
  if (found === undefined) throw consumerNotFound(ConsumerARN ?? ConsumerName ?? "", account);
  return found;
}

export function consumerIfAny(context: KinesisContext, named: NamedConsumer): ConsumerPlace | undefined {
  const { StreamARN, ConsumerName, ConsumerARN } = named;
  const stream = streamOfArn(ConsumerARN ?? StreamARN ?? "");
  const name = ConsumerARN === undefined ? ConsumerName : /\/consumer\/([^:]+)/.exec(ConsumerARN)?.[1];
  if (stream === undefined || name === undefined) return undefined;
  const store = storeOf(context, stream);
  const consumer = store.consumers.get(compositeKey(stream.name, name));
  const matches = ConsumerARN === undefined || consumer?.arn === ConsumerARN;
  return consumer === undefined || !matches ? undefined : { consumer, store };
}

/** What tags and policies are on: a stream or a consumer. */
export function findResource(
  context: KinesisContext,
  arn: string,
): (Place & { readonly consumer?: undefined }) | ConsumerPlace {
  if (arn.includes("/consumer/")) return findConsumer(context, { ConsumerARN: arn });
  const named = streamOfArn(arn);
  if (named === undefined) throw resourceNotFound(`Resource ${arn} not found.`);
  return findStream(context, { StreamARN: arn });
}
