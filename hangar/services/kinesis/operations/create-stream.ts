// Creates a stream with its first shards. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html

import { formatArn } from "../../../kernel/arn.ts";
import type { CreateStreamInput, CreateStreamOutput } from "../../../models/kinesis.d.ts";
import { checkOnDemandLimit, checkShardLimit } from "../engine/account-shards.ts";
import { checkWarmThroughput } from "../engine/commitment.ts";
import { openFirst } from "../engine/reshard.ts";
import { invalidArgument, streamExists } from "../errors.ts";
import { checkDistribution } from "../rules/distribution.ts";
import { ON_DEMAND_SHARDS } from "../rules/limits.ts";
import { withTags } from "../rules/tags.ts";
import { operation, type StreamRow } from "../store.ts";

const MOST_SHARDS = 100_000;

export const createStream = operation<CreateStreamInput, CreateStreamOutput>((input, context) => {
  const { store, account, region, clock } = context;
  const name = input.StreamName;
  const mode = modeOf(input);
  const count = shardCount(input, mode);
  const tags = withTags({}, input.Tags ?? {}, `stream ${name} under account ${account}`);
  if (input.WarmThroughputMiBps !== undefined) checkWarmThroughput(context, mode, input.WarmThroughputMiBps);
  checkDistribution(input.RecordDistributionStrategy, mode);
  if (store.streams.has(name)) throw streamExists(name, account);
  if (mode === "ON_DEMAND") checkOnDemandLimit(context);
  else checkShardLimit(context, count);
  const stream: StreamRow = {
    name,
    account,
    region,
    arn: formatArn({ service: "kinesis", region, account, resource: `stream/${name}` }),
    created: clock.now(),
    mode,
    retentionHours: 24,
    shards: 0,
    metrics: [],
    tags,
    maxRecordKiB: input.MaxRecordSizeInKiB ?? 1024,
    ...(input.WarmThroughputMiBps === undefined ? {} : { warmMiBps: input.WarmThroughputMiBps }),
    ...(input.RecordDistributionStrategy === undefined ? {} : { distribution: input.RecordDistributionStrategy }),
    rescaled: [],
    modeChanged: [],
  };
  store.streams.put(name, stream);
  openFirst(context, { stream, store }, count);
  return {};
});

/** Asked for nothing, AWS makes four shards (recorded): those of an on-demand stream. */
function modeOf({ StreamModeDetails, ShardCount }: CreateStreamInput): string {
  return StreamModeDetails?.StreamMode ?? (ShardCount === undefined ? "ON_DEMAND" : "PROVISIONED");
}

function shardCount({ ShardCount }: CreateStreamInput, mode: string): number {
  if (mode === "ON_DEMAND") {
    if (ShardCount !== undefined)
      throw invalidArgument("ShardCount must not be specified for a stream in ON_DEMAND mode.");
    return ON_DEMAND_SHARDS;
  }
  if (ShardCount === undefined) throw invalidArgument("ShardCount must be specified for a stream in PROVISIONED mode.");
  if (ShardCount > MOST_SHARDS)
    throw invalidArgument(
      `1 validation error detected: Value '${ShardCount}' at 'shardCount' failed to satisfy constraint: Member must have value less than or equal to ${MOST_SHARDS}`,
    );
  return ShardCount;
}
