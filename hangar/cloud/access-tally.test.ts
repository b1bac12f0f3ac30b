// Decisions on roles are counted in a world and all its forks together, and the counting stays small.

import { expect, test } from "vitest";
import { AccessTally } from "./access-tally.ts";
import { Cloud } from "./cloud.ts";

const ROLE = "arn:aws:iam::000000000000:role/r";
const yes = { allowed: true, explanation: "" };

test("each role, action, resource and answer is counted, a denial with its first explanation", () => {
  const tally = new AccessTally();
  const put = { action: "s3:PutObject", resource: "arn:aws:s3:::b/k" };
  tally.count(ROLE, put, yes);
  tally.count(ROLE, put, yes);
  tally.count(ROLE, put, { allowed: false, explanation: "first" });
  tally.count(ROLE, put, { allowed: false, explanation: "second" });
  tally.count("other", put, yes);
  expect(tally.uses()).toEqual([
    { role: ROLE, ...put, allowed: true, count: 2 },
    { role: ROLE, ...put, allowed: false, count: 2, explanation: "first" },
    { role: "other", ...put, allowed: true, count: 1 },
  ]);
});

test("what the resource's policy allowed is counted apart, and stays so when another tally adds it", () => {
  const tally = new AccessTally();
  const put = { action: "s3:PutObject", resource: "arn:aws:s3:::b/k" };
  tally.count(ROLE, put, yes);
  tally.count(ROLE, put, yes, true);
  const other = new AccessTally();
  other.add(tally.uses());
  expect(other.uses()).toEqual([
    { role: ROLE, ...put, allowed: true, count: 1 },
    { role: ROLE, ...put, allowed: true, byResource: true, count: 1 },
  ]);
});

test("beyond a thousand resources of an action the rest is one number", () => {
  const tally = new AccessTally();
  for (let index = 0; index < 1005; index += 1)
    tally.count(ROLE, { action: "s3:GetObject", resource: `arn:aws:s3:::b/${index}` }, yes);
  tally.count(ROLE, { action: "s3:GetObject", resource: "arn:aws:s3:::b/7" }, yes);
  const uses = tally.uses();
  expect(uses).toHaveLength(1001);
  expect(uses[7]).toMatchObject({ resource: "arn:aws:s3:::b/7", count: 2 });
  expect(uses.at(-1)).toEqual({ role: ROLE, action: "s3:GetObject", allowed: true, count: 5 });
});

test("a fork counts with the world it comes from, also when it is gone", async () => {
  const cloud = new Cloud();
  const fork = cloud.world.fork().fork();
  fork.access.count(ROLE, { action: "sqs:SendMessage", resource: "q" }, yes);
  fork.dispose();
  expect(cloud.world.access.uses()).toHaveLength(1);
  expect(new Cloud().world.access.uses()).toEqual([]);
  await cloud.close();
});
