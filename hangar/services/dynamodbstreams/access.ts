// What each operation needs: the actions are DynamoDB's own, and a stream may have a policy.

import { parseArn } from "../../kernel/arn.ts";
import type { AccessRule } from "../../cloud/service.ts";
import { streamOf } from "./rules/shard-iterator.ts";
import type { Tables } from "./store.ts";

type Rule = AccessRule<Tables>;

function onStream<Input>(action: string, arnOf: (input: Input) => string): Rule {
  return (input: Input, { ports }) => {
    const arn = arnOf(input);
    return [
      {
        action: `dynamodb:${action}`,
        resource: arn,
        policy: ports.tableStreams.policy(arn),
        owner: parseArn(arn)?.account,
      },
    ];
  };
}

const named = ({ StreamArn }: { readonly StreamArn: string }): string => StreamArn;

export const access: Readonly<Record<string, Rule>> = {
  ListStreams: () => [{ action: "dynamodb:ListStreams", resource: "*" }],
  DescribeStream: onStream("DescribeStream", named),
  GetShardIterator: onStream("GetShardIterator", named),
  GetRecords: onStream("GetRecords", ({ ShardIterator }: { readonly ShardIterator: string }) =>
    streamOf(ShardIterator),
  ),
};
