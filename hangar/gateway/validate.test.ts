// Modelled constraints in AWS's words: what each message was when AWS itself was asked, and every kind of constraint.

import { describe, expect, test } from "vitest";
import { rootOf, type Call } from "../cloud/call.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { Member, ServiceModel } from "../models/model.ts";
import type { ServiceDefinition, Violation } from "../cloud/service.ts";
import { validate } from "./validate.ts";

const plain = { name: "x", tables: {}, operations: {}, access: {} } as ServiceDefinition;

function messageOf(model: ServiceModel, operation: string, input: Record<string, unknown>, definition = plain): string {
  const call = { operation, input, caller: rootOf("000000000000") } as Call;
  try {
    validate(model, definition, call);
    return "none";
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

const at = "failed to satisfy constraint: Member must";

describe("as AWS answered", () => {
  test.each<[string, string, Record<string, unknown>, string]>([
    [
      "logs",
      "DescribeMetricFilters",
      { limit: 51 },
      `ValidationException: 1 validation error detected: Value '51' at 'limit' ${at} have value less than or equal to 50`,
    ],
    [
      "logs",
      "FilterLogEvents",
      { logGroupName: "g", limit: 10001 },
      `ValidationException: 1 validation error detected: Value '10001' at 'limit' ${at} have value less than or equal to 10000`,
    ],
    [
      "lambda",
      "CreateAlias",
      { FunctionName: "f", Name: "a" },
      `ValidationException: 1 validation error detected: Value null at 'functionVersion' ${at} not be null`,
    ],
    [
      "dynamodb",
      "PutItem",
      { TableName: "abc" },
      `ValidationException: 1 validation error detected: Value null at 'item' ${at} not be null`,
    ],
    [
      "dynamodb",
      "DescribeTable",
      { TableName: "" },
      `ValidationException: 1 validation error detected: Value '' at 'tableName' ${at} have length greater than or equal to 1`,
    ],
    [
      "sns",
      "SetSubscriptionAttributes",
      { SubscriptionArn: "a" },
      `ValidationError: 1 validation error detected: Value null at 'attributeName' ${at} not be null`,
    ],
    [
      "sns",
      "Publish",
      { Message: "m", MessageAttributes: { attr1: { StringValue: "x" } } },
      `ValidationError: 1 validation error detected: Value null at 'messageAttributes.attr1.member.dataType' ${at} not be null`,
    ],
    [
      "lambda",
      "CreateAlias",
      {
        FunctionName: "f",
        Name: "a",
        FunctionVersion: "1",
        RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.5 } },
      },
      "ValidationException: 1 validation error detected: Value '{$LATEST=0.5}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
    ],
  ])("%s:%s %j", (service, operation, input, expected) => {
    expect(messageOf(loadModel(service), operation, input)).toBe(expected);
  });
});

/** A model of one operation whose input has one member. */
function modelOf(member: Member, shapes: ServiceModel["shapes"] = {}): ServiceModel {
  return {
    service: "x",
    serviceId: "X",
    apiVersion: "1",
    endpointPrefix: "x",
    signingName: "x",
    protocols: ["awsJson1_1"],
    operations: { Do: { input: "In" } },
    shapes: { In: { type: "structure", members: { Thing: member } }, ...shapes },
  };
}

describe("each kind of constraint", () => {
  test.each<[string, Member, unknown, string]>([
    ["a text of the least length", { type: "string", min: 2, max: 3 }, "ab", "none"],
    [
      "a text that is too short",
      { type: "string", min: 2 },
      "a",
      `Value 'a' at 'thing' ${at} have length greater than or equal to 2`,
    ],
    [
      "a text that is too long",
      { type: "string", max: 3 },
      "abcd",
      `Value 'abcd' at 'thing' ${at} have length less than or equal to 3`,
    ],
    ["a number on the edge", { type: "integer", min: 1, max: 3 }, 3, "none"],
    [
      "a number that is too small",
      { type: "integer", min: 1 },
      0,
      `Value '0' at 'thing' ${at} have value greater than or equal to 1`,
    ],
    [
      "a text that is none of an enum",
      { type: "string", enum: ["A", "B"] },
      "a",
      `Value 'a' at 'thing' ${at} satisfy enum value set: [A, B]`,
    ],
    [
      "a text that only begins as its pattern",
      { type: "string", pattern: "[a-z]+" },
      "ab1",
      `Value 'ab1' at 'thing' ${at} satisfy regular expression pattern: [a-z]+`,
    ],
    ["a pattern JavaScript cannot read", { type: "string", pattern: "(?i)[" }, "anything", "none"],
    [
      "bytes that are too many",
      { type: "blob", max: 2 },
      new Uint8Array(3),
      `Value at 'thing' ${at} have length less than or equal to 2`,
    ],
    [
      "a secret that is too short",
      { type: "string", min: 9, sensitive: true },
      "hunter2",
      `Value at 'thing' ${at} have length greater than or equal to 9`,
    ],
    ["nothing, where nothing is needed", { type: "string", min: 2 }, undefined, "none"],
    [
      "nothing, where something is",
      { type: "string", required: true },
      undefined,
      `Value null at 'thing' ${at} not be null`,
    ],
    [
      "null, where something is needed",
      { type: "string", required: true },
      null,
      `Value null at 'thing' ${at} not be null`,
    ],
  ])("%s", (_name, member, value, expected) => {
    const message = messageOf(modelOf(member), "Do", value === undefined ? {} : { Thing: value });
    expect(message.replace("ValidationException: 1 validation error detected: ", "")).toBe(expected);
  });

  test("all that is broken is told at once", () => {
    expect(messageOf(modelOf({ type: "string", min: 3, pattern: "[0-9]+" }), "Do", { Thing: "a" })).toBe(
      `ValidationException: 2 validation errors detected: Value 'a' at 'thing' ${at} have length greater than or equal to 3; Value 'a' at 'thing' ${at} satisfy regular expression pattern: [0-9]+`,
    );
  });

  test("of a list of texts the whole is named, and all that each must satisfy", () => {
    const pattern = "subnet-[0-9a-z]*";
    const model = modelOf(
      { target: "Subnets" },
      { Subnets: { type: "list", member: { type: "string", min: 0, max: 1024, pattern } } },
    );
    expect(messageOf(model, "Do", { Thing: ["subnet-1", "bad", "worse"] })).toBe(
      "ValidationException: 1 validation error detected: Value '[subnet-1, bad, worse]' at 'thing' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: subnet-[0-9a-z]*]",
    );
  });

  test("of a map of numbers the whole is named too", () => {
    const model = modelOf(
      { target: "Weights" },
      { Weights: { type: "map", key: { type: "string" }, value: { type: "double", min: 0, max: 1 } } },
    );
    expect(messageOf(model, "Do", { Thing: { 2: 2.5 } })).toBe(
      "ValidationException: 1 validation error detected: Value '{2=2.5}' at 'thing' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1, Member must have value greater than or equal to 0]",
    );
  });

  test("a structure in a list is named by its place, counted from one", () => {
    const model = modelOf(
      { target: "List" },
      {
        List: { type: "list", member: { target: "Item" } },
        Item: { type: "structure", members: { Id: { type: "string", required: true } } },
      },
    );
    expect(messageOf(model, "Do", { Thing: [{ Id: "a" }, {}] })).toBe(
      `ValidationException: 1 validation error detected: Value null at 'thing.2.member.id' ${at} not be null`,
    );
  });

  test("a shape that holds itself is checked as deep as the input goes", () => {
    const model = modelOf(
      { target: "Tree" },
      { Tree: { type: "structure", members: { Name: { type: "string", max: 1 }, Child: { target: "Tree" } } } },
    );
    expect(messageOf(model, "Do", { Thing: { Child: { Child: { Name: "ab" } } } })).toContain(
      "'thing.child.child.name'",
    );
  });

  test("a service may say it in its own words, or leave it to the operation", () => {
    const model = modelOf({ type: "string", min: 2 });
    const seen: Violation[] = [];
    const own = {
      ...plain,
      validationFailed: (found: readonly Violation[]) => (seen.push(...found), new AwsError("Own", "words")),
    };
    expect(messageOf(model, "Do", { Thing: "a" }, own)).toBe("Own: words");
    expect(seen).toMatchObject([{ path: "thing", member: "Thing", kind: "length", value: "a" }]);
    expect(messageOf(model, "Do", { Thing: "a" }, { ...plain, validationFailed: () => undefined })).toBe("none");
  });
});
