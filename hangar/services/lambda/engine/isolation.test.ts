// What a module keeps between invocations: shared by forks with the same code, or each fork's own.

import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ForkedCloud, FunctionSettings } from "../../../index.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeEach(async () => {
  at = await startLambdaCloud("isolation");
  const code = "let count = 0; exports.handler = async () => ({ count: (count += 1), process: process.pid });";
  await makeFunction(at, "counts", { "index.js": code });
  await makeFunction(at, "other", { "index.js": code });
});
afterEach(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

type Answer = { readonly count: number; readonly process: number };

async function ask(fork: ForkedCloud, FunctionName = "counts"): Promise<Answer> {
  const lambda = new LambdaClient({ ...fork.clientConfig(), maxAttempts: 1 });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Payload?.transformToString() ?? "") as Answer;
}

/** Two invocations in a fork that ends after them. */
async function twice(settings?: FunctionSettings, name = "counts"): Promise<number[]> {
  const fork = at.cloud.fork(undefined, settings);
  const counts = [(await ask(fork, name)).count, (await ask(fork, name)).count];
  fork.dispose();
  return counts;
}

test("a fork finds what an earlier one left in a module", async () => {
  expect([await twice(), await twice()]).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("with isolation: fresh it does not", async () => {
  expect(await twice()).toEqual([1, 2]);
  expect([await twice({ isolation: "fresh" }), await twice({ isolation: "fresh" })]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(await twice({ isolation: "fresh", isolated: ["other"] })).toEqual([1, 2]);
});

test("a function is isolated by its name, in a world and in its forks", async () => {
  expect([await twice(), await twice({}, "other")]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  const fork = at.cloud.fork();
  // An environment that was shared is not taken for its own.
  expect((await ask(fork)).count).toBe(3);
  fork.isolate("counts");
  expect([(await ask(fork)).count, (await ask(fork)).count, (await ask(fork, "other")).count]).toEqual([1, 2, 3]);
  const child = fork.fork();
  expect((await ask(child)).count).toBe(1);
  child.isolate();
  expect((await ask(child, "other")).count).toBe(1);
});

test("what ended forks kept for themselves is ended by the next", async () => {
  const settings: FunctionSettings = { isolation: "fresh" };
  const first = at.cloud.fork(undefined, settings);
  const { process: kept } = await ask(first);
  first.dispose();
  expect((await ask(at.cloud.fork(undefined, settings))).process).not.toBe(kept);
  await expect.poll(() => isRunning(kept)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
