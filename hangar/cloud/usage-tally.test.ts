// What a world and its forks used is added up by name and outcome, and the counting stays small.

import { expect, test } from "vitest";
import { Cloud } from "./cloud.ts";
import { UsageTally } from "./usage-tally.ts";
import type { World } from "./world.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
const TOPIC = "arn:aws:sns:us-east-1:000000000000:t";
const failed = { code: "Throttling", message: "" };

type Happened = readonly [
  kind: "call" | "invocation" | "delivery" | "http",
  name: string,
  attributes?: Record<string, unknown>,
  error?: typeof failed,
];

function happen(world: World, ...all: readonly Happened[]): void {
  for (const [kind, name, attributes, error] of all)
    world.trace.end(world.trace.begin(kind, name, undefined, attributes), 1, error);
}

test("calls, invocations, deliveries and requests served are counted by name, failures by their code", async () => {
  const cloud = new Cloud();
  const tally = cloud.world.countUsage();
  happen(
    cloud.world,
    ["call", "s3:GetObject"],
    ["call", "s3:GetObject", {}, failed],
    ["invocation", "f:1", { arn: `${FUNCTION}:live` }],
    ["invocation", "f:$LATEST", { arn: FUNCTION, batch: { source: QUEUE, ids: ["1"] } }, failed],
    ["delivery", `sns.amazonaws.com -> ${QUEUE}`, { arn: QUEUE, from: TOPIC }],
    ["delivery", "sns.amazonaws.com -> http://a/", { url: "http://a/", from: TOPIC }],
    ["delivery", "sns.amazonaws.com -> email:a@b.c", { from: TOPIC }],
    ["http", "GET a/b", { serves: "api GET /{x}" }],
    ["http", "GET a/c"],
  );
  expect(tally.counts()).toEqual({
    operations: { "s3:GetObject": { ok: 1, errors: { Throttling: 1 } } },
    functions: { [FUNCTION]: { ok: 1, errors: { Throttling: 1 } } },
    deliveries: {
      [`${QUEUE} ${FUNCTION}`]: { ok: 0, errors: { Throttling: 1 } },
      [`${TOPIC} ${QUEUE}`]: { ok: 1, errors: {} },
      [`${TOPIC} http://a/`]: { ok: 1, errors: {} },
      [`${TOPIC} email:a@b.c`]: { ok: 1, errors: {} },
    },
    served: { "api GET /{x}": { ok: 1, errors: {} } },
  });
  await cloud.close();
});

test("a world counts from when it is asked to, with all its forks and successors; other worlds count nothing", async () => {
  const cloud = new Cloud();
  const early = cloud.world.fork();
  happen(cloud.world, ["call", "s3:GetObject"]);
  const tally = cloud.world.countUsage();
  expect(cloud.world.countUsage()).toBe(tally);
  const fork = cloud.world.fork().fork();
  happen(fork, ["call", "s3:GetObject"]);
  fork.dispose();
  const successor = cloud.world.successor(cloud.world.contents());
  happen(successor, ["call", "s3:GetObject"]);
  happen(cloud.world, ["call", "s3:GetObject"]);
  happen(early, ["call", "s3:GetObject"]);
  expect(tally.counts().operations).toEqual({ "s3:GetObject": { ok: 3, errors: {} } });
  await cloud.close();
});

test("a tally adds another's counts, and forgets the operations alone", () => {
  const counts = {
    operations: { "s3:GetObject": { ok: 2, errors: { NoSuchKey: 1 } } },
    functions: { [FUNCTION]: { ok: 1, errors: {} } },
    deliveries: {},
    served: {},
  };
  const tally = new UsageTally();
  tally.add(counts);
  tally.add(counts);
  expect(tally.counts()).toEqual({
    ...counts,
    operations: { "s3:GetObject": { ok: 4, errors: { NoSuchKey: 2 } } },
    functions: { [FUNCTION]: { ok: 2, errors: {} } },
  });
  tally.forgetOperations();
  expect(tally.counts()).toMatchObject({ operations: {}, functions: { [FUNCTION]: { ok: 2 } } });
});

test("beyond five thousand names of a kind, and fifty codes of a name, the rest is one number", async () => {
  const cloud = new Cloud();
  const tally = cloud.world.countUsage();
  for (let index = 0; index < 5003; index += 1) happen(cloud.world, ["http", "GET a", { serves: `api GET /${index}` }]);
  for (let index = 0; index < 53; index += 1)
    happen(cloud.world, ["call", "s3:GetObject", {}, { code: `E${index}`, message: "" }]);
  const { served, operations } = tally.counts();
  expect(Object.keys(served)).toHaveLength(5001);
  expect(served["*"]).toEqual({ ok: 3, errors: {} });
  expect(Object.keys(operations["s3:GetObject"]?.errors ?? {})).toHaveLength(51);
  expect(operations["s3:GetObject"]?.errors["*"]).toBe(3);
  await cloud.close();
});
