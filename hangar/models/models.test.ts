// The compiled models say what the SDK clients say, are freshly generated, and load one file at a time.
import { createRequire } from "node:module";
import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isSpecInstalled } from "../../tools/models/compile-cloudformation.ts";
import { cloudFormationFiles, serviceFiles } from "../../tools/models/generated-files.ts";
import { serviceSources } from "../../tools/models/services.ts";
import { isInstalled } from "../../tools/models/smithy-schema.ts";
import { cloudFormationTypeNames, loadCloudFormationType, loadModel, serviceNames } from "./load.ts";
import type { Member, ServiceModel } from "./model.ts";

const require = createRequire(import.meta.url);
const committed = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

/** What the client itself exports, read without the generator: `PutItem$` is `[9, ns, name, traits, input, output]`. */
const exportsOf = (client: string): Readonly<Record<string, unknown>> =>
  require(`@aws-sdk/${client}`) as Readonly<Record<string, unknown>>;

const lastly = (value: unknown): unknown => (typeof value === "function" ? lastly(value()) : value);

const requiredBySchema = (structure: unknown): readonly string[] => {
  const schema = lastly(structure);
  if (!Array.isArray(schema) || schema[0] !== 3) return [];
  const [, , , , names, , count = 0] = schema as [number, string, string, unknown, string[], unknown, number?];
  return names.slice(0, count);
};

const requiredByModel = (model: ServiceModel, shape: string | undefined): readonly string[] => {
  const structure = model.shapes[shape ?? ""];
  if (structure === undefined || !("members" in structure)) return [];
  return Object.entries(structure.members).flatMap(([name, member]: [string, Member]) =>
    member.required ? [name] : [],
  );
};

describe.each(serviceSources)("$service", ({ service, client, ...source }) => {
  test.skipIf(!isInstalled(client))(`has the operations of @aws-sdk/${client}, all of them and no other`, () => {
    const commands = Object.keys(exportsOf(client)).flatMap((name) =>
      /^[A-Z]\w*Command$/.test(name) ? [name.slice(0, -"Command".length)] : [],
    );
    expect(Object.keys(loadModel(service).operations)).toEqual(commands.sort());
  });

  test.skipIf(!isInstalled(client))("requires of every operation the members its client requires", () => {
    const model = loadModel(service);
    const exported = exportsOf(client);
    const schemas = Object.keys(model.operations).map((operation) => [operation, exported[`${operation}$`]] as const);
    const byClient = schemas.map(([operation, schema]) => [
      operation,
      requiredBySchema((schema as readonly unknown[])[4]),
    ]);
    const byModel = schemas.map(([operation]) => [
      operation,
      requiredByModel(model, model.operations[operation]?.input),
    ]);
    expect(byModel).toEqual(byClient);
  });

  test.skipIf(!isInstalled(client))("is as `npm run models` would write it today", () => {
    for (const [file, text] of serviceFiles({ service, client, ...source })) {
      expect(committed(file) === text, `${file} is stale: run npm run models`).toBe(true);
    }
  });

  test("names only shapes that exist", () => {
    const { operations, shapes } = loadModel(service);
    const members = Object.values(shapes).flatMap((shape): readonly Member[] => {
      if ("members" in shape) return Object.values(shape.members);
      if (shape.type === "list") return [shape.member];
      return shape.type === "map" ? [shape.key, shape.value] : [];
    });
    const named = [
      ...members.flatMap(({ target }) => target ?? []),
      ...Object.values(operations).flatMap(({ input, output, errors = [] }) =>
        [...errors, input ?? [], output ?? []].flat(),
      ),
    ];
    expect(named.filter((name) => shapes[name] === undefined)).toEqual([]);
    expect(members.filter(({ target, type }) => (target === undefined) === (type === undefined))).toEqual([]);
  });
});

test.skipIf(!isSpecInstalled())("CloudFormation's types are as `npm run models` would write them today", () => {
  for (const [file, text] of cloudFormationFiles()) {
    expect(committed(file) === text, `${file} is stale: run npm run models`).toBe(true);
  }
});

test("every service compiled has a model, and every model a service", () => {
  expect(serviceNames()).toEqual(serviceSources.map(({ service }) => service).sort());
});

describe("facts of AWS that the models keep", () => {
  test("SQS is answered in JSON and in the query protocol, with its old error code beside the new", () => {
    const { protocols, queryCompatible, shapes } = loadModel("sqs");
    expect(protocols).toEqual(["awsJson1_0", "awsQuery"]);
    expect(queryCompatible).toBe(true);
    expect(shapes["QueueDoesNotExist"]).toMatchObject({
      error: { queryCode: "AWS.SimpleQueueService.NonExistentQueue", status: 400 },
    });
  });

  test("CloudWatch is answered in JSON, CBOR and query", () => {
    expect(loadModel("cloudwatch").protocols).toEqual(["awsJson1_0", "rpcv2Cbor", "awsQuery"]);
  });

  test("an IAM error goes by its query code", () => {
    expect(loadModel("iam").shapes["NoSuchEntityException"]).toMatchObject({
      error: { code: "NoSuchEntity", status: 404, fault: "client" },
    });
  });

  test("an object's body flows, its last change is an HTTP date, its metadata are prefixed headers", () => {
    expect(loadModel("s3").shapes["GetObjectOutput"]).toMatchObject({
      members: {
        Body: { type: "blob", streaming: true, location: "payload" },
        LastModified: { type: "timestamp", location: "header", locationName: "Last-Modified" },
        Metadata: { location: "prefixHeaders", locationName: "x-amz-meta-" },
      },
    });
  });

  test("limits stand on members, and on what lists and maps hold", () => {
    const { shapes } = loadModel("dynamodb");
    expect(shapes["CreateTableInput"]).toMatchObject({ members: { TableName: { required: true, min: 1, max: 1024 } } });
    expect(shapes["AttributeDefinition"]).toMatchObject({ members: { AttributeType: { enum: ["S", "N", "B"] } } });
    expect(shapes["ProvisionedThroughput"]).toMatchObject({ members: { ReadCapacityUnits: { type: "long", min: 1 } } });
  });

  test("Lambda's response stream is an event stream with a payload", () => {
    const { shapes } = loadModel("lambda");
    expect(shapes["InvokeWithResponseStreamResponse"]).toMatchObject({ members: { EventStream: { streaming: true } } });
    expect(shapes["InvokeResponseStreamUpdate"]).toMatchObject({
      members: { Payload: { type: "blob", eventPayload: true } },
    });
  });
});

describe("CloudFormation's types", () => {
  test("there are as many as the registry's, and each loads", () => {
    const names = cloudFormationTypeNames();
    expect(names.length).toBeGreaterThan(1800);
    expect(names.filter((name) => loadCloudFormationType(name)?.type !== name)).toEqual([]);
  });

  test("a queue's name replaces the queue; its timeout does not", () => {
    expect(loadCloudFormationType("AWS::SQS::Queue")).toMatchObject({
      properties: { QueueName: { type: "string", replacement: "yes" }, VisibilityTimeout: { type: "integer" } },
      attributes: { Arn: "string", QueueName: "string", QueueUrl: "string" },
      primaryIdentifier: ["QueueUrl"],
      tags: { property: "Tags", variant: "standard" },
    });
    expect(loadCloudFormationType("AWS::SQS::Queue")?.properties["VisibilityTimeout"]?.replacement).toBeUndefined();
  });

  test("Ref differs from the primary identifier where AWS says so", () => {
    expect(loadCloudFormationType("AWS::ApiGateway::Stage")?.ref).toEqual(["StageName"]);
    expect(loadCloudFormationType("AWS::EC2::EIP")?.ref).toEqual(["PublicIp"]);
    expect(loadCloudFormationType("AWS::Lambda::Permission")?.ref).toEqual(["Id"]);
    expect(loadCloudFormationType("AWS::ApiGateway::Method")?.generatedId).toBe(true);
  });

  test("every definition a property names is there", () => {
    const missing = cloudFormationTypeNames().flatMap((name) => {
      const type = loadCloudFormationType(name);
      if (type === undefined) return [name];
      const texts = [type.properties, ...Object.values(type.definitions)].flatMap((properties) =>
        Object.values(properties).map((property) => property.type),
      );
      return texts.flatMap((text) =>
        [...text.matchAll(/ref:(\w+)/g)].flatMap(([, held = ""]) =>
          held in type.definitions ? [] : [`${name} ${held}`],
        ),
      );
    });
    expect(missing).toEqual([]);
  });

  test.each(["AWS::CDK::Metadata", "AWS::../load::X", "AWS::S3::Nothing", "toString", ""])("%j is no type", (name) => {
    expect(loadCloudFormationType(name)).toBeUndefined();
  });
});

test("all models together stay below ten megabytes, and CloudFormation's below three", () => {
  const size = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + statSync(new URL(file, import.meta.url)).size, 0);
  expect(size(serviceNames().map((service) => `${service}.json`))).toBeLessThan(7e6);
  const files = new Set(
    cloudFormationTypeNames()
      .map((name) => name.toLowerCase().split("::"))
      .map(([vendor, service]) => (vendor === "aws" ? service : `${vendor}-${service}`)),
  );
  expect(size([...files].map((file) => `cloudformation/${file}.json`))).toBeLessThan(3e6);
});
