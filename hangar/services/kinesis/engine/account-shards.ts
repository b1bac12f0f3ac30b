// What an account has in a region, and what it may have.

import { limitExceeded } from "../errors.ts";
import { ON_DEMAND_STREAMS, shardLimit } from "../rules/limits.ts";
import type { KinesisContext } from "../store.ts";

export function onDemandStreams({ store }: KinesisContext): number {
  return [...store.streams.rows()].filter((stream) => stream.mode === "ON_DEMAND").length;
}

/** `more` shards would be opened. */
export function checkShardLimit({ store, account, region }: KinesisContext, more: number): void {
  const present = store.open.size;
  const limit = shardLimit(region);
  if (present + more > limit)
    throw limitExceeded(
      `This request would exceed the shard limit for the account ${account} in ${region}. Current shard count for the account: ${present}. Limit: ${limit}. Number of additional shards that would have resulted from this request: ${more}. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
    );
}

export function checkOnDemandLimit(context: KinesisContext): void {
  const present = onDemandStreams(context);
  if (present >= ON_DEMAND_STREAMS)
    throw limitExceeded(
      `This request would exceed the on-demand stream limit for the account ${context.account} in ${context.region}. Current on-demand stream count: ${present}. Limit: ${ON_DEMAND_STREAMS}.`,
    );
}
