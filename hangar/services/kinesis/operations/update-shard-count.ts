// Splits and merges shards until there are so many even ones. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html

import type { UpdateShardCountInput, UpdateShardCountOutput } from "../../../models/kinesis.d.ts";
import { checkShardLimit } from "../engine/account-shards.ts";
import { findStream } from "../engine/find-stream.ts";
import { openShardCount, rescale } from "../engine/reshard.ts";
import { limitExceeded } from "../errors.ts";
import { checkProvisioned, ofLastDay } from "../rules/reshardable.ts";
import { operation } from "../store.ts";

const TIMES_A_DAY = 10;
const MOST_SHARDS = 10_000;

export const updateShardCount = operation<UpdateShardCountInput, UpdateShardCountOutput>((input, context) => {
  const place = findStream(context, input);
  const { stream, store } = place;
  checkProvisioned(stream);
  const now = context.clock.now();
  const current = openShardCount(place);
  const target = input.TargetShardCount;
  checkScale(current, target);
  const recent = ofLastDay(stream.rescaled, now);
  if (recent.length >= TIMES_A_DAY)
    throw limitExceeded(
      `UpdateShardCount can be called at most ${TIMES_A_DAY} times in a rolling 24-hour period for stream ${stream.name} under account ${stream.account}.`,
    );
  checkShardLimit(context, target - current);
  rescale(context, place, target);
  store.streams.put(stream.name, { ...(store.streams.get(stream.name) ?? stream), rescaled: [...recent, now] });
  return { StreamName: stream.name, CurrentShardCount: current, TargetShardCount: target, StreamARN: stream.arn };
});

function checkScale(current: number, target: number): void {
  const counts = `Current open shard count: ${current}, Target shard count: ${target}`;
  if (target > MOST_SHARDS)
    throw limitExceeded(`Target shard count or number of open shards cannot be greater than ${MOST_SHARDS}. ${counts}`);
  if (target > current * 2)
    throw limitExceeded(`UpdateShardCount cannot scale up over double your current open shard count. ${counts}`);
  if (target < current / 2)
    throw limitExceeded(`UpdateShardCount cannot scale down below half your current open shard count. ${counts}`);
}
