// Event source mappings and tags of what is no function, as they were recorded from AWS (see ../NOTICE).

import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as iam from "@aws-sdk/client-iam";
import * as sqs from "@aws-sdk/client-sqs";
import type { Answer, Input, Session } from "../session.ts";
import { arn, FunctionName, make, recorded, withoutPattern } from "./session.ts";

const SOURCES = "TestLambdaEventSourceMappings::test_";
const TAGS = "TestLambdaTag::test_tag_";
const DYNAMODB = { service: "dynamodb", sdk: dynamodb };
const SQS = { service: "sqs", sdk: sqs };
const TableName = "source";

/** The function's role may read streams and queues. */
async function allow(s: Session): Promise<void> {
  const Statement = [{ Effect: "Allow", Action: ["dynamodb:*", "kinesis:*", "sqs:*"], Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const policy = { RoleName: "functions", PolicyName: "sources", PolicyDocument };
  await s.with({ service: "iam", sdk: iam }).do("PutRolePolicy", policy);
}

async function makeQueue(s: Session, QueueName: string): Promise<string> {
  await s.with(SQS).do("CreateQueue", { QueueName });
  return `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
}

/** A table's stream; the call that turns it on was recorded. */
async function makeStream(s: Session, label?: string): Promise<string> {
  const key = { AttributeName: "id" };
  await s.with(DYNAMODB).do("CreateTable", {
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ ...key, AttributeType: "S" }],
    KeySchema: [{ ...key, KeyType: "HASH" }],
  });
  const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" };
  const updated = await s.with(DYNAMODB).do("UpdateTable", { TableName, StreamSpecification });
  if (label !== undefined) s.matches(label, updated);
  return (updated["TableDescription"] as { readonly LatestStreamArn: string }).LatestStreamArn;
}

const create = (s: Session, label: string, input: Input): Promise<Answer> =>
  s.is(label, "CreateEventSourceMapping", { FunctionName, ...input });

/** Up to the mapping's `GetEventSourceMapping`. */
async function makeMapping(s: Session): Promise<{ readonly UUID: string }> {
  await make(s);
  await allow(s);
  const EventSourceArn = await makeStream(s, "update_table_response");
  const made = await create(s, "create_response", {
    EventSourceArn,
    DestinationConfig: { OnFailure: { Destination: await makeQueue(s, "failed") } },
    BatchSize: 1,
    StartingPosition: "TRIM_HORIZON",
    MaximumBatchingWindowInSeconds: 1,
    MaximumRetryAttempts: 1,
  });
  const mapping = { UUID: String(made["UUID"]) };
  await s.is("get_response", "GetEventSourceMapping", mapping);
  return mapping;
}

const untag = (s: Session, label: string, Resource: string, TagKeys: readonly string[]) =>
  s.is(label, "UntagResource", { Resource, TagKeys });

/** Tags come and go, and are listed each time. */
async function tagAndUntag(s: Session, Resource: string): Promise<void> {
  const listed = (label: string) => s.is(`${label}_listtags`, "ListTags", { Resource });
  const tagged = async (label: string, Tags: object): Promise<void> => {
    await s.is(label, "TagResource", { Resource, Tags });
    await listed(label);
  };
  const untagged = async (label: string, ...keys: readonly string[]): Promise<void> => {
    await untag(s, label, Resource, keys);
    await listed(label);
  };
  await tagged("tag_single_response", { A: "tag-a" });
  await tagged("tag_multiple_response", { B: "tag-b", C: "tag-c" });
  await tagged("tag_overlap_response", { C: "tag-c-newsuffix", D: "tag-d" });
  await untagged("untag_single_response", "A");
  await untagged("untag_multiple_response", "B", "C");
  await untagged("untag_nonexisting_response", "F");
  await untagged("untag_existing_and_nonexisting_response", "D", "F");
}

/** A resource of its kind that is not there. */
async function refusedTags(s: Session, Resource: string): Promise<void> {
  const Tags = { A: "B" };
  await s.is("not_found_exception_tag", "TagResource", { Resource, Tags });
  await untag(s, "not_found_exception_untag", Resource, ["A"]);
  await s.is("not_found_exception_list", "ListTags", { Resource });
  const refused = async (label: string, wrong: string): Promise<void> => {
    const answer = await s.ask("TagResource", { Resource: wrong, Tags });
    s.matches(label, withoutPattern(answer), withoutPattern);
  };
  await refused("aliased_arn_exception", `${Resource}:alias`);
  await refused("invalid_arn_exception", Resource.replace(/(:\d{12}:)[a-z-]+/, "$1foobar"));
}

const UUID = "11111111-2222-4333-8444-555555555555";

recorded(import.meta.url, "lambda-api", {
  async [`${SOURCES}event_source_mapping_lifecycle`](s) {
    const mapping = await makeMapping(s);
    await s.is("delete_response", "DeleteEventSourceMapping", mapping);
  },
  async [`${SOURCES}event_source_mapping_lifecycle_delete_function`](s) {
    const mapping = await makeMapping(s);
    await s.is("delete_function_response", "DeleteFunction", { FunctionName });
    await s.is("get_response_post_delete", "GetEventSourceMapping", mapping);
    await s.is("delete_response", "DeleteEventSourceMapping", mapping);
  },
  async [`${SOURCES}create_event_filter_criteria_validation`](s) {
    await make(s);
    await allow(s);
    const source = { EventSourceArn: await makeStream(s), StartingPosition: "LATEST" };
    await create(s, "response-with-empty-filters", { ...source, FilterCriteria: { Filters: [] } });
  },
  async [`${SOURCES}function_name_variations`](s) {
    await make(s);
    await allow(s);
    await s.do("PublishVersion", { FunctionName });
    await s.do("CreateAlias", { FunctionName, Name: "myalias", FunctionVersion: "1" });
    const EventSourceArn = await makeQueue(s, "source");
    const partial = `000000000000:function:${FunctionName}`;
    for (const [label, name] of [
      ["name_only", FunctionName],
      ["partial_arn_latest", `${partial}:$LATEST`],
      ["partial_arn_version", `${partial}:1`],
      ["partial_arn_alias", `${partial}:myalias`],
      ["full_arn_latest", arn],
      ["full_arn_version", `${arn}:1`],
      ["full_arn_alias", `${arn}:myalias`],
    ] as const) {
      const made = await create(s, `${label}_create_esm`, { FunctionName: name, EventSourceArn });
      await s.ask("DeleteEventSourceMapping", { UUID: made["UUID"] });
    }
  },
  async [`${TAGS}lifecycle[lambda_function]`](s) {
    await make(s);
    await tagAndUntag(s, arn);
  },
  async [`${TAGS}lifecycle[event_source_mapping]`](s) {
    await make(s);
    await allow(s);
    const EventSourceArn = await makeQueue(s, "source");
    const made = await s.do("CreateEventSourceMapping", { FunctionName, EventSourceArn });
    await tagAndUntag(s, String(made["EventSourceMappingArn"]));
  },
  async "TestLambdaTag::test_create_tag_on_esm_create"(s) {
    await make(s);
    await allow(s);
    const source = { EventSourceArn: await makeQueue(s, "source"), Tags: { testtag: "a tag" } };
    const made = await s.do("CreateEventSourceMapping", { FunctionName, ...source });
    const found = await s.do("GetEventSourceMapping", { UUID: made["UUID"] });
    s.matches("get_event_source_mapping_with_tag", found["UUID"] === made["UUID"]);
    await s.is("list_tags_result", "ListTags", { Resource: made["EventSourceMappingArn"] });
  },
  async [`${TAGS}exceptions[lambda_function]`](s) {
    await refusedTags(s, arn);
  },
  async [`${TAGS}exceptions[event_source_mapping]`](s) {
    await refusedTags(s, `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${UUID}`);
  },
  async [`${TAGS}exceptions[capacity_provider]`](s) {
    await refusedTags(s, "arn:aws:lambda:us-east-1:000000000000:capacity-provider:nowhere");
  },
});
