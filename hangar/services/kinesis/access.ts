// What each operation of Kinesis needs: on a stream or consumer, its own policy speaks too.

import type { AccessRule } from "../../cloud/service.ts";
import { formatArn } from "../../kernel/arn.ts";
import type { AccessNeed, ConditionKeys } from "../../ports/access.ts";
import { consumerIfAny, nameOf, storeOf, streamOfArn, type Named, type NamedConsumer } from "./engine/find-stream.ts";
import { tokenOf } from "./rules/page-token.ts";
import { iteratorOf } from "./rules/shard-iterator.ts";
import type { KinesisContext, Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type Tags = Readonly<Record<string, string>>;
type Tagged = { readonly Tags?: Tags; readonly TagKeys?: readonly string[] };

export const access: Readonly<Record<string, Rule>> = {
  AddTagsToStream: onStream("AddTagsToStream"),
  CreateStream: onStream("CreateStream"),
  DecreaseStreamRetentionPeriod: onStream("DecreaseStreamRetentionPeriod"),
  DeleteResourcePolicy: onResource("DeleteResourcePolicy"),
  DeleteStream: onStream("DeleteStream"),
  DeregisterStreamConsumer: onConsumer("DeregisterStreamConsumer"),
  DescribeAccountSettings: onAll("DescribeAccountSettings"),
  DescribeLimits: onAll("DescribeLimits"),
  DescribeStream: onStream("DescribeStream"),
  DescribeStreamConsumer: onConsumer("DescribeStreamConsumer"),
  DescribeStreamSummary: onStream("DescribeStreamSummary"),
  DisableEnhancedMonitoring: onStream("DisableEnhancedMonitoring"),
  EnableEnhancedMonitoring: onStream("EnableEnhancedMonitoring"),
  GetRecords: (input: { readonly ShardIterator: string }, context) => {
    const iterator = iteratorOf(input.ShardIterator);
    const arn = streamArn({ account: context.account, ...iterator, region: context.region }, iterator?.stream ?? "*");
    return [streamNeed("GetRecords", { StreamARN: arn }, context)];
  },
  GetResourcePolicy: onResource("GetResourcePolicy"),
  GetShardIterator: onStream("GetShardIterator"),
  IncreaseStreamRetentionPeriod: onStream("IncreaseStreamRetentionPeriod"),
  ListShards: (input: Named & { readonly NextToken?: string }, context) => {
    const token = input.NextToken === undefined ? undefined : tokenOf(input.NextToken);
    return [streamNeed("ListShards", token === undefined ? input : { StreamARN: token.stream }, context)];
  },
  ListStreamConsumers: onStream("ListStreamConsumers"),
  ListStreams: onAll("ListStreams"),
  ListTagsForResource: onResource("ListTagsForResource"),
  ListTagsForStream: onStream("ListTagsForStream"),
  MergeShards: onStream("MergeShards"),
  PutRecord: onStream("PutRecord"),
  PutRecords: onStream("PutRecords"),
  PutResourcePolicy: onResource("PutResourcePolicy"),
  RegisterStreamConsumer: onStream("RegisterStreamConsumer"),
  RemoveTagsFromStream: onStream("RemoveTagsFromStream"),
  SplitShard: onStream("SplitShard"),
  StartStreamEncryption: onStream("StartStreamEncryption"),
  StopStreamEncryption: onStream("StopStreamEncryption"),
  SubscribeToShard: onConsumer("SubscribeToShard"),
  TagResource: onResource("TagResource"),
  UntagResource: onResource("UntagResource"),
  UpdateAccountSettings: onAll("UpdateAccountSettings"),
  UpdateMaxRecordSize: onStream("UpdateMaxRecordSize"),
  UpdateShardCount: onStream("UpdateShardCount"),
  UpdateStreamMode: onStream("UpdateStreamMode"),
  UpdateStreamRecordDistributionStrategy: onStream("UpdateStreamRecordDistributionStrategy"),
  UpdateStreamWarmThroughput: onStream("UpdateStreamWarmThroughput"),
};

function onAll(action: string): Rule {
  return () => [{ action: `kinesis:${action}`, resource: "*" }];
}

function onStream(action: string): Rule {
  return (input: Named & Tagged, context) => [streamNeed(action, input, context)];
}

function onConsumer(action: string): Rule {
  return (input: NamedConsumer, context) => [consumerNeed(action, input, context)];
}

function onResource(action: string): Rule {
  return (input: Tagged & { readonly ResourceARN: string }, context) => [
    input.ResourceARN.includes("/consumer/")
      ? consumerNeed(action, { ...input, ConsumerARN: input.ResourceARN }, context)
      : streamNeed(action, { ...input, StreamARN: input.ResourceARN }, context),
  ];
}

function streamNeed(action: string, input: Named & Tagged, context: KinesisContext): AccessNeed {
  const named = nameOf(context, input) ?? { account: context.account, region: context.region, name: "*" };
  const stream = storeOf(context, named).streams.get(named.name);
  return {
    action: `kinesis:${action}`,
    resource: streamArn(named, named.name),
    policy: stream?.policy,
    owner: named.account,
    moreConditions: () => conditions(input, stream?.tags),
  };
}

function consumerNeed(action: string, input: NamedConsumer & Tagged, context: KinesisContext): AccessNeed {
  const { StreamARN = "*", ConsumerName = "*", ConsumerARN } = input;
  const consumer = consumerIfAny(context, input)?.consumer;
  return {
    action: `kinesis:${action}`,
    resource: ConsumerARN ?? consumer?.arn ?? `${StreamARN}/consumer/${ConsumerName}`,
    policy: consumer?.policy,
    owner: streamOfArn(ConsumerARN ?? StreamARN)?.account,
    moreConditions: () => conditions(input, consumer?.tags),
  };
}

function streamArn({ account, region }: { readonly account: string; readonly region: string }, name: string): string {
  return formatArn({ service: "kinesis", region, account, resource: `stream/${name}` });
}

function conditions({ Tags: asked = {}, TagKeys }: Tagged, present: Tags = {}): ConditionKeys {
  const keys = TagKeys ?? Object.keys(asked);
  return {
    ...Object.fromEntries(Object.entries(asked).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...Object.fromEntries(Object.entries(present).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    ...(keys.length === 0 ? {} : { "aws:TagKeys": keys }),
  };
}
