// Integrations with DynamoDB, EventBridge, Kinesis and Systems Manager by action, as they were recorded from AWS (see ../NOTICE).

import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as kinesis from "@aws-sdk/client-kinesis";
import * as ssm from "@aws-sdk/client-ssm";
import { expect } from "vitest";
import type { Answer, Caller, Input, Session } from "../session.ts";
import { withBytesShown } from "../wire.ts";
import { integrationOf, invoke, shownHeaders, type Reply } from "./mock.ts";
import { roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const DYNAMODB = { service: "dynamodb", sdk: dynamodb };
const KINESIS = {
  service: "kinesis",
  sdk: kinesis,
  asShown: (_operation: string, members: Answer) => withBytesShown(members) as Answer,
};
const SSM = { service: "ssm", sdk: ssm };

const action = (name: string): string => `arn:aws:apigateway:us-east-1:${name.replace(":", ":action/")}`;
const json = (template: unknown) => ({
  "application/json": typeof template === "string" ? template : JSON.stringify(template),
});

/** An API with `POST /test` to an action, answered as it is. */
async function apiTo(s: Session, uri: string, requestTemplates: Input = {}, response: Input = {}): Promise<Api> {
  const api = await apiOf(s, { endpointConfiguration: { types: ["REGIONAL"] } });
  const credentials = await roleOf(s);
  await integrationOf(
    api,
    "POST /test",
    { type: "AWS", integrationHttpMethod: "POST", credentials, uri, requestTemplates },
    {
      responseTemplates: json("$input.json('$')"),
      ...response,
    },
  );
  await api.do("CreateDeployment", { stageName: "dev" });
  return api;
}

const TableName = "recorded-table";
const Data = "$util.base64Encode($input.body)";

async function tableOf(s: Session): Promise<Caller> {
  const caller = s.with(DYNAMODB);
  const KeySchema = [{ AttributeName: "id", KeyType: "HASH" }];
  const AttributeDefinitions = [{ AttributeName: "id", AttributeType: "S" }];
  await caller.do("CreateTable", { TableName, KeySchema, AttributeDefinitions, BillingMode: "PAY_PER_REQUEST" });
  for (const id of ["test", "test2", "test 3"]) await caller.do("PutItem", { TableName, Item: { id: { S: id } } });
  return caller;
}

type Items = { readonly Items: readonly { readonly id: { readonly S: string } }[] };

/** Scans give no order. */
function sorted<Found extends object>(found: Found): Found {
  const { Items } = found as unknown as Items;
  return { ...found, Items: Items.toSorted((a, b) => (a.id.S < b.id.S ? -1 : 1)) };
}

async function asked(s: Session, api: Api, id: string): Promise<Reply & { readonly content: object }> {
  const reply = await invoke(s, api.id, `POST /dev/test?id=${encodeURIComponent(id)}`);
  return { ...reply, content: JSON.parse(reply.body) as object };
}

const shown = ({ status, headers, content }: Awaited<ReturnType<typeof asked>>) => ({
  status_code: status,
  headers: shownHeaders(headers),
  content,
});

const item = { id: { S: "$input.params('id')" } };
const D = "test_rest_api_to_dynamodb_integration";

recorded(import.meta.url, "apigateway-dynamodb", {
  async [`${D}[PutItem]`](s) {
    const table = await tableOf(s);
    const api = await apiTo(s, action("dynamodb:PutItem"), json({ TableName, Item: item }));
    s.matches("result-put-item", shown(await asked(s, api, "test-new")));
    s.matches("result-scan", sorted(await table.do("Scan", { TableName })));
  },
  async [`${D}[Query]`](s) {
    await tableOf(s);
    const values = { ":id": item.id };
    const query = { TableName, KeyConditionExpression: "id = :id", ExpressionAttributeValues: values };
    const api = await apiTo(s, action("dynamodb:Query"), json(query));
    for (const id of ["test", "test2", "test 3", "invalid"]) s.matches(`result-${id}`, shown(await asked(s, api, id)));
  },
  async [`${D}[Scan]`](s) {
    await tableOf(s);
    const reply = await asked(s, await apiTo(s, action("dynamodb:Scan"), json({ TableName })), "None");
    s.matches("result-scan", shown({ ...reply, content: sorted(reply.content) }));
  },
  async test_error_aws_proxy_not_supported(s) {
    const api = await apiOf(s);
    await api.do("PutMethod", { resourceId: api.root, httpMethod: "POST", authorizationType: "NONE" });
    const method = { resourceId: api.root, httpMethod: "POST", integrationHttpMethod: "POST" };
    const input = { ...method, type: "AWS_PROXY", uri: action("dynamodb:Query") };
    await api.is("create-integration-error", "PutIntegration", input);
  },
});

const events = `
#set($context.requestOverride.header.X-Amz-Target = "AWSEvents.PutEvents")
#set($context.requestOverride.header.Content-Type = "application/x-amz-json-1.1")
#set($root = $input.path('$'))
{ "Entries": [
  #foreach($each in $root.items)
  { "Detail": "$util.escapeJavaScript($each.Detail).replaceAll("\\\\'","'")", "DetailType": "$each.DetailType", "Source": "$each.Source" }#if($foreach.hasNext),#end
  #end
] }`;

recorded(import.meta.url, "apigateway-eventbridge", {
  async test_apigateway_to_eventbridge(s) {
    const responseTemplates = json("#set($root = $input.json('$'))\n$root");
    const api = await apiTo(s, action("events:PutEvents"), json(events), { responseTemplates });
    const items = [{ Detail: '{"data":"Order is created"}', DetailType: "Test", Source: "order" }];
    const { body } = await invoke(s, api.id, "POST /dev/test", { body: JSON.stringify({ items }) });
    s.matches("eventbridge-put-events-response", JSON.parse(body));
  },
});

const StreamName = "recorded-stream";
const one = { StreamName, Data, PartitionKey: "test" };
const many = `{ "StreamName": "${StreamName}", "Records": [
#foreach($record in $input.path('$.records'))
{ "Data": "$util.base64Encode($record.data)", "PartitionKey": "20" }#if($foreach.hasNext),#end
#end
] }`;

async function toStream(s: Session, operation: string, template: unknown, body: string): Promise<void> {
  const stream = s.with(KINESIS);
  await stream.do("CreateStream", { StreamName, ShardCount: 1 });
  await s.cloud.settle();
  const api = await apiTo(s, action(`kinesis:${operation}`), json(template));
  const from = { StreamName, ShardIteratorType: "LATEST", ShardId: "shardId-000000000000" };
  const { ShardIterator } = await stream.do("GetShardIterator", from);
  const reply = await invoke(s, api.id, "POST /dev/test", { body });
  s.matches("apigateway_response", JSON.parse(reply.body));
  s.matches("kinesis_records", await stream.do("GetRecords", { ShardIterator }));
}

recorded(import.meta.url, "apigateway-kinesis", {
  "test_apigateway_to_kinesis[PutRecord]": (s) => toStream(s, "PutRecord", one, '{"kinesis": "snapshot"}'),
  async "test_apigateway_to_kinesis[PutRecords]"(s) {
    const records = ["bar1", "bar2", "bar3"].map((foo) => ({ data: `{"foo": "${foo}"}` }));
    await toStream(s, "PutRecords", many, JSON.stringify({ records }));
  },
});

recorded(import.meta.url, "apigateway-ssm", {
  async test_ssm_aws_integration(s) {
    const parameter = { Name: "param-test-123", Description: "test", Value: "123", Type: "String" };
    s.matches("put-param", await s.with(SSM).do("PutParameter", parameter));
    const api = await apiOf(s);
    await integrationOf(api, "GET /ssm", {
      type: "AWS",
      integrationHttpMethod: "POST",
      credentials: await roleOf(s),
      uri: action("ssm:GetParameter"),
      passthroughBehavior: "WHEN_NO_TEMPLATES",
      requestParameters: { "integration.request.querystring.Name": "'param-test-123'" },
    });
    await api.do("CreateDeployment", { stageName: "test" });
    const { body } = await invoke(s, api.id, "GET /test/ssm");
    const { GetParameterResult } = (JSON.parse(body) as { readonly GetParameterResponse: Answer }).GetParameterResponse;
    const { Parameter } = GetParameterResult as { readonly Parameter: Answer };
    expect(Parameter["LastModifiedDate"]).toBeTypeOf("number");
    const shown_ = { ...Parameter, LastModifiedDate: "<timestamp>" };
    s.matches("ssm-aws-integration", { GetParameterResult: { Parameter: shown_ } });
  },
});
