// How many shards, streams and consumers an account may have. https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html

const LARGE = new Set(["us-east-1", "us-west-2", "eu-west-1"]);

export const ON_DEMAND_STREAMS = 50;
export const ON_DEMAND_SHARDS = 4;
export const CONSUMERS_OF_A_STREAM = 20;
export const CONSUMERS_WITH_COMMITMENT = 50;

export function shardLimit(region: string): number {
  return LARGE.has(region) ? 20_000 : 6000;
}
