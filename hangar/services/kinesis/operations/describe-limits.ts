// How many shards and streams the account has and may have. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeLimits.html

import type { DescribeLimitsInput, DescribeLimitsOutput } from "../../../models/kinesis.d.ts";
import { onDemandStreams } from "../engine/account-shards.ts";
import { ON_DEMAND_STREAMS, shardLimit } from "../rules/limits.ts";
import { operation } from "../store.ts";

export const describeLimits = operation<DescribeLimitsInput, DescribeLimitsOutput>((_input, context) => ({
  ShardLimit: shardLimit(context.region),
  OpenShardCount: context.store.open.size,
  OnDemandStreamCount: onDemandStreams(context),
  OnDemandStreamCountLimit: ON_DEMAND_STREAMS,
}));
