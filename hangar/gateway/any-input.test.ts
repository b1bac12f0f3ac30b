// Whatever an operation is asked, of things that are there or not: it answers or says AWS's error, and never fails itself.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { houseRequest, rootOf } from "../cloud/call.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { services } from "../cloud/services.ts";
import { openCloud } from "../index.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { Member, ServiceModel, Shape } from "../models/model.ts";
import { seeded } from "../protocols/random-values.ts";

const ROUNDS = 30;
/** They run the function's code, or generate keys for seconds. */
const slow = /^lambda:Invoke|^kms:GenerateDataKeyPair/;

const random = seeded(42);
const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];

const texts = [
  ..."|x|test|a/b|..|/|1|-1|true|null|{}|[1]|💥|%00|\u0000|#a = :b|rate(1 minute)|cron(0 0 * * ? *)".split("|"),
  "a".repeat(300),
  '{"a":1}',
  "2020-01-01T00:00:00Z",
  "arn:aws:x",
  "arn:aws:iam::000000000000:role/r",
  "arn:aws:sqs:us-east-1:000000000000:q",
  "http://localhost:4566/000000000000/q",
] as unknown as readonly [string, ...string[]];

/** What answers and accepted inputs held, by member: later calls ask for what is there. */
const known = new Map<string, [string, ...string[]]>();

function remember(value: unknown, name: string, depth = 0): void {
  if (typeof value === "string") {
    const texts_ = known.get(name.toLowerCase());
    if (texts_ === undefined) known.set(name.toLowerCase(), [value]);
    else texts_[texts_.length < 30 ? texts_.length : Math.floor(random() * 30)] = value;
  } else if (Array.isArray(value)) for (const each of value.slice(0, 5)) remember(each, name, depth + 1);
  else if (typeof value === "object" && value !== null && depth < 5 && !ArrayBuffer.isView(value)) {
    if (Symbol.asyncIterator in value) return;
    for (const [key, each] of Object.entries(value)) remember(each, key, depth + 1);
  }
}

function textFor(name: string): string {
  const lower = name.toLowerCase();
  const there = known.get(lower) ?? (/(arn|id)$/.test(lower) ? (known.get("arn") ?? known.get("id")) : undefined);
  if (there !== undefined && random() < 0.75) return pick(there);
  return /name$|^bucket$|^key$/.test(lower) && random() < 0.7 ? pick(["alpha", "beta-1", "gamma"]) : pick(texts);
}

function some(member: Member, model: ServiceModel, name: string, depth: number): unknown {
  const shape = member.target === undefined ? undefined : model.shapes[member.target];
  if (member.enum !== undefined && random() < 0.8)
    return pick(member.enum as unknown as readonly [string, ...string[]]);
  const type = shape?.type ?? member.type;
  if (type === "string") return textFor(name);
  if (type === "blob") return Buffer.from(pick(texts));
  if (type === "boolean") return random() < 0.5;
  if (type === "timestamp") return new Date(pick([0, 1e12, 2e12]));
  if (type === "document") return { a: 1 };
  return shape === undefined || !isAggregate(shape)
    ? pick([0, 1, 2, 10, 100, member.min ?? 0, member.max ?? 5])
    : someOf(shape, model, name, depth + 1);
}

type Aggregate = Extract<Shape, { member: Member } | { key: Member } | { members: object }>;

function isAggregate(shape: Shape): shape is Aggregate {
  return "members" in shape || "member" in shape || "key" in shape;
}

function someOf(shape: Aggregate, model: ServiceModel, name: string, depth: number): unknown {
  const count = depth > 6 ? 0 : Math.floor(random() * 3);
  if ("member" in shape)
    return Array.from({ length: count }, () => some(shape.member, model, name.replace(/s$/, ""), depth));
  if ("key" in shape)
    return Object.fromEntries(
      Array.from({ length: count }, () => [textFor("key"), some(shape.value, model, "value", depth)]),
    );
  const all = Object.entries(shape.members);
  const members =
    shape.type === "union"
      ? all.slice(Math.floor(random() * all.length)).slice(0, 1)
      : all.filter(([, member]) => random() < (member.required === true ? 0.97 : depth > 6 ? 0 : 0.35));
  return Object.fromEntries(members.map(([key, member]) => [key, some(member, model, key, depth)]));
}

let cloud: Cloud;
let close: () => Promise<void>;
let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "hangar-any-input-"));
  ({ cloud, close } = await openCloud({ listen: false, seed: "any-input", directory }));
  await cloud.loadAll();
});
afterAll(async () => {
  await close();
  await rm(directory, { recursive: true });
});

function rowsOf(of: Cloud): Map<string, unknown> {
  const paths = [...of.world.paths()].filter((path) => path !== "cloud/house");
  return new Map(
    paths.flatMap((path) => [...of.world.table(path).range()].map(([key, row]) => [`${path} ${key}`, row] as const)),
  );
}

async function ask(service: string, operation: string): Promise<void> {
  const model = loadModel(service);
  const shape = model.operations[operation]?.input;
  const made = shape === undefined ? {} : (some({ target: shape }, model, "", 0) as Record<string, unknown>);
  const input = "WaitTimeSeconds" in made ? { ...made, WaitTimeSeconds: 0 } : made;
  const place = { caller: rootOf(cloud.account), account: cloud.account, region: cloud.region };
  try {
    remember(
      await cloud.call({ world: cloud.world, service, operation, input, ...place, request: houseRequest(cloud) }),
      "",
    );
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

describe("no operation fails by itself", () => {
  test.each(Object.keys(services))("%s", async (service) => {
    const { operations } = await cloud.load(service);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const operation of Object.keys(operations))
        if (!slow.test(`${service}:${operation}`)) await ask(service, operation);
    expect(
      cloud.bugs
        .splice(0)
        .map(({ where, error }) => `${where}: ${error instanceof Error ? error.stack : String(error)}`),
    ).toEqual([]);
  });

  test("nor does what they left to do later", async () => {
    await cloud.world.scheduler.settled(30_000);
    expect(
      cloud.bugs.map(({ where, error }) => `${where}: ${error instanceof Error ? error.stack : String(error)}`),
    ).toEqual([]);
  });

  test("and all they left comes back from its journal as it was", async () => {
    const before = rowsOf(cloud);
    await close();
    ({ cloud, close } = await openCloud({ listen: false, directory }));
    cloud.world.scheduler.stop();
    const after = rowsOf(cloud);
    expect(before.size).toBeGreaterThan(100);
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
    for (const [key, row] of before) expect(after.get(key), key).toEqual(row);
  });
});
