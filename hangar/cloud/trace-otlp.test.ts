// A real trace against OTLP/JSON's own shape: opentelemetry-proto's trace.proto in proto3's JSON, with hexadecimal ids.
// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto

import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import type { OtlpTraces } from "../index.ts";
import { makeFunction, startLambdaCloud } from "../services/lambda/engine/test-cloud.ts";

const strict = (properties: Record<string, object>, required: readonly string[]): object => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const listOf = (items: object): object => ({ type: "array", items });
const nanos = { type: "string", pattern: "^[0-9]{19}$" };
const value = {
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    stringValue: { type: "string" },
    boolValue: { type: "boolean" },
    intValue: { type: "string", pattern: "^-?[0-9]+$" },
    doubleValue: { type: "number" },
  },
};
const attributes = listOf(strict({ key: { type: "string", minLength: 1 }, value }, ["key", "value"]));
const ids = {
  traceId: { type: "string", pattern: "^(?!0+$)[0-9a-f]{32}$" },
  spanId: { type: "string", pattern: "^(?!0+$)[0-9a-f]{16}$" },
};
const span = strict(
  {
    ...ids,
    parentSpanId: ids.spanId,
    name: { type: "string", minLength: 1 },
    kind: { type: "integer", enum: [1, 2, 3, 4, 5] },
    startTimeUnixNano: nanos,
    endTimeUnixNano: nanos,
    attributes,
    events: listOf(strict({ timeUnixNano: nanos, name: { type: "string" }, attributes }, ["timeUnixNano", "name"])),
    links: listOf(strict({ ...ids, attributes }, ["traceId", "spanId"])),
    status: strict({ code: { type: "integer", enum: [0, 1, 2] }, message: { type: "string" } }, ["code"]),
  },
  ["traceId", "spanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano", "attributes", "events", "status"],
);
const scope = strict({ name: { type: "string" }, version: { type: "string" } }, ["name"]);
const schema = strict(
  {
    resourceSpans: listOf(
      strict(
        {
          resource: strict({ attributes }, ["attributes"]),
          scopeSpans: listOf(strict({ scope, spans: listOf(span) }, ["scope", "spans"])),
        },
        ["resource", "scopeSpans"],
      ),
    ),
  },
  ["resourceSpans"],
);
const valid = new Ajv({ allErrors: true }).compile(schema);

test("calls, batches, failures, logs and secrets, from the plain API and over HTTP", async () => {
  const at = await startLambdaCloud("otlp");
  await using cloud = at.cloud;
  const sqs = new SQSClient(cloud.clientConfig());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  await makeFunction(at, "worker", {
    "index.mjs": `export const handler = (event) => { console.log("got " + event.Records.length); throw new Error("no"); };`,
  });
  const Entries = ["a", "b"].map((Id) => ({ Id, MessageBody: Id }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const source = { FunctionName: "worker", EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:jobs" };
  await at.lambda.send(new CreateEventSourceMappingCommand(source));
  await cloud.settle();
  const secrets = new SecretsManagerClient(cloud.clientConfig());
  await secrets.send(new CreateSecretCommand({ Name: "key", SecretString: "s3cret-s3cret" }));
  const told = (await (await fetch(`${cloud.endpoint}/_hangar/trace/otlp`)).json()) as OtlpTraces;
  for (const exported of [JSON.parse(JSON.stringify(cloud.trace.otlp())) as OtlpTraces, told]) {
    expect(valid(exported), JSON.stringify(valid.errors?.slice(0, 5))).toBe(true);
    const spans = exported.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    const byId = new Map(spans.map((each) => [each.spanId, each]));
    for (const { traceId, parentSpanId, startTimeUnixNano, endTimeUnixNano, links = [] } of spans) {
      expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
      if (parentSpanId !== undefined) expect(byId.get(parentSpanId)?.traceId).toBe(traceId);
      for (const link of links) expect(byId.get(link.spanId)?.traceId).toBe(link.traceId);
    }
    const invoked = spans.find(({ name }) => name === "worker:$LATEST");
    expect(invoked?.status.code).toBe(2);
    expect(invoked?.events.some(({ name }) => name.includes("got 2"))).toBe(true);
    expect(JSON.stringify(exported)).not.toContain("s3cret");
  }
});
