// What each operation needs: the actions are DynamoDB's own.

import type { AccessRule } from "../../cloud/service.ts";
import { streamOf } from "./rules/shard-iterator.ts";
import type { Tables } from "./store.ts";

export const access: Readonly<Record<string, AccessRule<Tables>>> = {
  ListStreams: () => [{ action: "dynamodb:ListStreams", resource: "*" }],
  DescribeStream: (input: { readonly StreamArn: string }) => [
    { action: "dynamodb:DescribeStream", resource: input.StreamArn },
  ],
  GetShardIterator: (input: { readonly StreamArn: string }) => [
    { action: "dynamodb:GetShardIterator", resource: input.StreamArn },
  ],
  GetRecords: (input: { readonly ShardIterator: string }) => [
    { action: "dynamodb:GetRecords", resource: streamOf(input.ShardIterator) },
  ],
};
