// Pushes a shard's records to a consumer for five minutes. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import { compositeKey } from "../../../kernel/table.ts";
import type {
  SubscribeToShardEventStream,
  SubscribeToShardInput,
  SubscribeToShardOutput,
} from "../../../models/kinesis.d.ts";
import { openDataKey } from "../engine/append-record.ts";
import { findConsumer, findShard, findStream } from "../engine/find-stream.ts";
import { childrenOf, MOST_RECORDS, readShard, type Read } from "../engine/read-shard.ts";
import { startNumber } from "../engine/start-number.ts";
import { consumerNotFound, resourceInUse } from "../errors.ts";
import { sequenceOf, showRecord } from "../rules/descriptions.ts";
import { shardId } from "../rules/shard-id.ts";
import { operation, topicOf, type ConsumerRow, type KinesisContext, type ShardPlace } from "../store.ts";

const LASTS = 300_000;
/** Even without records, AWS says so about every five seconds. */
const SILENCE = 5000;

type Subscription = { readonly key: string; readonly id: string; readonly consumer: ConsumerRow };

export const subscribeToShard = operation<SubscribeToShardInput, SubscribeToShardOutput>((input, context) => {
  const { consumer } = findConsumer(context, input);
  const place = findShard(findStream(context, { StreamARN: consumer.streamArn }), input.ShardId);
  if (input.DryRun === true) throw notEmulated("DryRun of SubscribeToShard");
  const now = context.clock.now();
  const from = startNumber(place, now, {
    type: input.StartingPosition.Type,
    sequenceNumber: input.StartingPosition.SequenceNumber,
    at: input.StartingPosition.Timestamp?.getTime(),
    operation: "SubscribeToShard",
  });
  const { store, shard } = place;
  const key = compositeKey(consumer.stream, consumer.arn, shardId(shard.index));
  const present = store.subscriptions.get(key);
  if (present !== undefined && now - present.at < SILENCE)
    throw resourceInUse(
      `Another active subscription exists for this consumer: ${place.stream.account}:${consumer.stream}:${shardId(shard.index)}:${consumer.name}`,
    );
  const id = context.ids.uuid();
  store.subscriptions.put(key, { id, at: now });
  if (present !== undefined) context.scheduler.wake(topicOf(place.stream));
  return { EventStream: events(context, place, { key, id, consumer }, from) };
});

async function* events(
  context: KinesisContext,
  place: ShardPlace,
  subscription: Subscription,
  from: number,
): AsyncGenerator<SubscribeToShardEventStream> {
  const { clock, scheduler, world, request } = context;
  const until = clock.now() + LASTS;
  let next = from;
  let quietUntil = clock.now() + SILENCE;
  try {
    while (clock.now() < until && !world.disposed && request.caller?.gone !== true) {
      const present = stillSubscribed(context, place, subscription);
      const read = readShard(present, next, MOST_RECORDS, clock.now());
      if (read.records.length > 0 || read.end || clock.now() >= quietUntil) {
        yield await eventOf(context, present, read);
        if (read.end) return;
        next = read.next;
        quietUntil = clock.now() + SILENCE;
      } else await scheduler.waitFor(topicOf(present.stream), Math.min(until, quietUntil));
    }
  } finally {
    const { store } = place;
    if (!world.disposed && store.subscriptions.get(subscription.key)?.id === subscription.id)
      store.subscriptions.delete(subscription.key);
  }
}

/** The shard as it is now; throws what ends a subscription early. */
function stillSubscribed(context: KinesisContext, place: ShardPlace, { key, id, consumer }: Subscription): ShardPlace {
  const present = findShard(findStream(context, { StreamARN: place.stream.arn }), shardId(place.shard.index));
  const row = present.store.subscriptions.get(key);
  if (row === undefined) throw consumerNotFound(consumer.arn, place.stream.account);
  if (row.id !== id) throw resourceInUse("This subscription was taken over by another call to SubscribeToShard.");
  return present;
}

async function eventOf(context: KinesisContext, place: ShardPlace, read: Read): Promise<SubscribeToShardEventStream> {
  const dataKey = read.records.findLast((record) => record.dataKey !== undefined)?.dataKey;
  if (dataKey !== undefined) await openDataKey(context, place.stream, dataKey);
  const last = read.records.at(-1) ?? { number: read.next - 1, at: context.clock.now() };
  return {
    SubscribeToShardEvent: {
      Records: read.records.map((record) => showRecord(place.shard, record)),
      ContinuationSequenceNumber: sequenceOf(place.shard, last),
      MillisBehindLatest: read.behind,
      ...(read.end ? { ChildShards: childrenOf(place) } : {}),
    },
  };
}
