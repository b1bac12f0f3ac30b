// Whatever bytes arrive, an operation is given an input or AWS's error: nothing else is ever thrown.
import { expect, test } from "vitest";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { ProtocolName, ServiceModel } from "../models/model.ts";
import { protocolFor } from "./protocol-for.ts";
import type { WireRequest } from "./protocol.ts";
import { seeded, type Random } from "./random-values.ts";

const pick = <T>(random: Random, items: readonly [T, ...T[]]): T =>
  items[Math.floor(random() * items.length)] ?? items[0];

const memberNames = (model: ServiceModel): readonly [string, ...string[]] => [
  "x",
  ...Object.values(model.shapes).flatMap((shape) => ("members" in shape ? Object.keys(shape.members).slice(0, 3) : [])),
];

/** JSON of any shape but the right one. */
const anyJson = (random: Random, names: readonly [string, ...string[]], depth: number): unknown => {
  const kind = Math.floor(random() * (depth > 4 ? 5 : 7));
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return (random() - 0.5) * 1e6;
  if (kind === 3) return pick(random, ["", "text", "NaN", "2020-01-01T00:00:00Z", "%%%", "AAA="]);
  if (kind === 4) return [];
  if (kind === 5) return Array.from({ length: 3 }, () => anyJson(random, names, depth + 1));
  return Object.fromEntries(Array.from({ length: 4 }, () => [pick(random, names), anyJson(random, names, depth + 1)]));
};

const anyXml = (random: Random, names: readonly [string, ...string[]], depth: number): string => {
  const name = pick(random, names).replaceAll(/[^A-Za-z]/g, "");
  const inner =
    depth > 4
      ? pick(random, ["", "text", "1", "&amp;", "&bad;", "<", "]]>"])
      : Array.from({ length: 3 }, () => anyXml(random, names, depth + 1)).join("");
  return `<${name}>${inner}</${random() < 0.02 ? "other" : name}>`;
};

const anyForm = (random: Random, names: readonly [string, ...string[]]): string =>
  Array.from({ length: 8 }, () => {
    const path = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      pick(random, [pick(random, names), "member", "entry", "1", "2", "key", "value", ""]),
    ).join(".");
    return `${path}=${pick(random, ["", "1", "text", "%", "%zz", "%C3%28", "true"])}`;
  }).join("&");

const bodyFor = (protocol: ProtocolName, random: Random, names: readonly [string, ...string[]]): string => {
  if (random() < 0.05) return pick(random, ["{", "\u0000\u0001", "[[[[", '"', "<a", "\uFFFF"]);
  if (protocol === "restXml") return anyXml(random, names, 0);
  if (protocol === "awsQuery" || protocol === "ec2Query") return anyForm(random, names);
  return JSON.stringify(Object.fromEntries(names.slice(0, 40).map((name) => [name, anyJson(random, names, 0)])));
};

const attempt = (
  model: ServiceModel,
  operation: string,
  random: Random,
  names: readonly [string, ...string[]],
): string | undefined => {
  const protocolName = model.protocols[0] ?? "restJson1";
  const headers: Record<string, string> = {
    "content-length": "?",
    expires: "never",
    "x-amz-target": `x.${operation}`,
    range: "x",
  };
  if (!protocolName.startsWith("awsJson")) delete headers["x-amz-target"];
  const request: WireRequest = {
    method: "POST",
    host: "h",
    path: "/%/%zz",
    query: anyForm(random, names),
    headers,
    body: Buffer.from(bodyFor(protocolName, random, names)),
  };
  const protocol = protocolFor(model, request);
  const labels = { Bucket: "b", Key: "%", Name: "" };
  try {
    protocol.route(model, request);
    protocol.parse(model, { operation, labels }, request);
    return undefined;
  } catch (error) {
    return error instanceof AwsError && error.status === 400 ? undefined : `${operation}: ${String(error)}`;
  }
};

test.each(["dynamodb", "kms", "sqs", "lambda", "apigateway", "s3", "route53", "cloudfront", "sns", "iam", "ec2"])(
  "%s reads nonsense or refuses it",
  (service) => {
    const model = loadModel(service);
    const names = memberNames(model);
    const random = seeded(3);
    const operations = Object.keys(model.operations).slice(0, 120);
    expect(
      operations.flatMap((operation) => [0, 1, 2, 3].flatMap(() => attempt(model, operation, random, names) ?? [])),
    ).toEqual([]);
  },
);

/** What 5 MB of nesting are answered with; an answer that takes long fails by the test's time limit. */
const nested = (model: ServiceModel, operation: string, request: Partial<WireRequest>): unknown => {
  const whole: WireRequest = {
    method: "POST",
    host: "h",
    path: "/",
    query: "",
    headers: {},
    body: Buffer.of(),
    ...request,
  };
  try {
    protocolFor(model, whole).parse(model, { operation, labels: {} }, whole);
    return "read";
  } catch (error) {
    return error;
  }
};
const SIZE = 5_000_000;
const deep = (open: string, close: string): Buffer => {
  const times = Math.floor(SIZE / (open.length + close.length));
  return Buffer.from(`{"Item":{"a":${open.repeat(times)}{"S":"x"}${close.repeat(times)}}}`);
};
const dynamodb = { headers: { "x-amz-target": "DynamoDB_20120810.PutItem" } };
const kinesis = {
  headers: { "x-amz-target": "Kinesis_20131202.PutRecord", "content-type": "application/x-amz-cbor-1.1" },
};

test.each([
  ["lists", "dynamodb", "PutItem", { ...dynamodb, body: deep('{"L":[', "]}") }],
  ["maps", "dynamodb", "PutItem", { ...dynamodb, body: deep('{"M":{"n":', "}}") }],
  ["arrays of CBOR", "kinesis", "PutRecord", { ...kinesis, body: Buffer.alloc(SIZE, 0x81) }],
  ["open arrays of CBOR", "kinesis", "PutRecord", { ...kinesis, body: Buffer.alloc(SIZE, 0x9f) }],
  ["maps of CBOR", "kinesis", "PutRecord", { ...kinesis, body: Buffer.alloc(SIZE, Buffer.from([0xa1, 0x61, 0x6e])) }],
  ["tags of CBOR", "kinesis", "PutRecord", { ...kinesis, body: Buffer.alloc(SIZE, 0xc6) }],
])("5 MB of %s in each other are refused", (_, service, operation, request) => {
  expect(nested(loadModel(service), operation, request)).toMatchObject({ code: "SerializationException", status: 400 });
});

test("a body that was refused for its depth does not make the next one too deep", () => {
  const model = loadModel("dynamodb");
  const value = (levels: number): Buffer =>
    Buffer.from(`{"Item":{"a":${'{"L":['.repeat(levels)}{"S":"x"}${"]}".repeat(levels)}}}`);
  for (const levels of [1000, 400, 1000, 400])
    expect(nested(model, "PutItem", { ...dynamodb, body: value(levels) }) instanceof AwsError).toBe(levels === 1000);
});

test("JSON nested without end is refused, not fatal", () => {
  const body = `{"Item":{"a":${'{"L":['.repeat(20_000)}{"S":"x"}${"]}".repeat(20_000)}}}`;
  const model = loadModel("dynamodb");
  const request: WireRequest = {
    method: "POST",
    host: "h",
    path: "/",
    query: "",
    headers: { "x-amz-target": "DynamoDB_20120810.PutItem" },
    body: Buffer.from(body),
  };
  expect(() => protocolFor(model, request).parse(model, { operation: "PutItem", labels: {} }, request)).toThrow(
    AwsError,
  );
});
