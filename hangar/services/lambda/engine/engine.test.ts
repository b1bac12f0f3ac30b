// Execution environments and worlds: whose calls go where, what is kept warm, and that nothing outlives the cloud.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { InvokeCommand, LambdaClient, TagResourceCommand } from "@aws-sdk/client-lambda";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test } from "vitest";
import type { ForkedCloud } from "../../../index.ts";
import { nodeProgram } from "./runtimes.ts";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

/** Answers its process, and makes a queue named by the event. */
const WORKER = {
  "index.mjs": `import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
const sqs = new SQSClient({});
export const handler = async ({ queue }) => {
  if (queue !== undefined) await sqs.send(new CreateQueueCommand({ QueueName: queue }));
  return { process: process.pid };
};`,
};

type Answer = { readonly process: number };

async function started(seed: string): Promise<LambdaCloud> {
  const at = await startLambdaCloud(seed);
  await makeFunction(at, "worker", WORKER);
  return at;
}

async function runIn(fork: ForkedCloud, queue: string): Promise<{ process: number; queues: string[] }> {
  const lambda = new LambdaClient({ ...fork.clientConfig(), maxAttempts: 1 });
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: "worker", Payload: JSON.stringify({ queue }) }),
  );
  const { process } = JSON.parse(Payload?.transformToString() ?? "") as Answer;
  return { process, queues: await queuesOf(fork) };
}

async function queuesOf(world: Pick<ForkedCloud, "clientConfig">): Promise<string[]> {
  const { QueueUrls = [] } = await new SQSClient(world.clientConfig()).send(new ListQueuesCommand({}));
  return QueueUrls.map((url) => url.slice(url.lastIndexOf("/") + 1));
}

test("a function's calls stay in the fork that invoked it", async () => {
  const at = await started("forked-calls");
  await using _close = at.cloud;
  const [one, two] = [at.cloud.fork("one"), at.cloud.fork("two")];
  const [first, second] = await Promise.all([runIn(one, "first"), runIn(two, "second")]);
  expect([first.queues, second.queues, await queuesOf(at.cloud)]).toEqual([["first"], ["second"], []]);
  expect(at.cloud.bugs).toEqual([]);
});

test("a process whose fork is gone serves the next fork, unless its function is tagged to stay apart", async () => {
  const at = await started("adopted");
  await using _close = at.cloud;
  const one = at.cloud.fork("one");
  const first = await runIn(one, "first");
  one.dispose();
  const two = at.cloud.fork("two");
  const second = await runIn(two, "second");
  expect(second).toEqual({ process: first.process, queues: ["second"] });
  two.dispose();

  const FunctionArn = `arn:aws:lambda:us-east-1:${at.cloud.account}:function:worker`;
  await at.lambda.send(new TagResourceCommand({ Resource: FunctionArn, Tags: { "hangar:environments": "own-world" } }));
  const three = await runIn(at.cloud.fork("three"), "third");
  expect(three.queues).toEqual(["third"]);
  expect(three.process).not.toBe(first.process);
});

test("a process outlives the session it was started with", async () => {
  const at = await started("sessions");
  await using _close = at.cloud;
  const before = (await run(at, "worker", { queue: "before" })).json as Answer;
  await at.cloud.clock.advance("2 days");
  const after = (await run(at, "worker", { queue: "after" })).json as Answer;
  expect(after.process).toBe(before.process);
  expect(await queuesOf(at.cloud)).toEqual(["after", "before"]);
});

test("a function that holds more memory than it has is killed, and one that holds less is not", async () => {
  const at = await startLambdaCloud("memory");
  await using _close = at.cloud;
  await makeFunction(
    at,
    "hungry",
    {
      "index.js": `const kept = [];
exports.handler = async ({ megabytes }) => {
  kept.push(Buffer.alloc(megabytes * 1024 * 1024, 1));
  while (megabytes > 128) await new Promise((resolve) => setTimeout(resolve, 10));
  return "enough";
};`,
    },
    { Timeout: 20 },
  );
  expect((await run(at, "hungry", { megabytes: 64 })).json).toBe("enough");
  const { json, FunctionError, LogResult } = await run(at, "hungry", { megabytes: 130 }, { LogType: "Tail" });
  expect(FunctionError).toBe("Unhandled");
  expect(json).toEqual({
    errorType: "Runtime.OutOfMemory",
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/),
  });
  expect(Buffer.from(LogResult ?? "", "base64").toString()).toMatch(
    /Memory Size: 128 MB\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime.OutOfMemory\n$/,
  );
});

test("what a process starts ends with the cloud, and its files are gone", async () => {
  const at = await startLambdaCloud("leftovers");
  await makeFunction(at, "parent", {
    "index.js": `const { spawn } = require("node:child_process");
exports.handler = async () => {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  return { process: process.pid, child: child.pid };
};`,
  });
  const { process, child } = (await run(at, "parent")).json as Answer & { child: number };
  expect([process, child].map(isRunning)).toEqual([true, true]);
  expect(workDirectories()).toHaveLength(1);
  const pool = waitingRuntimes();
  expect(pool.length).toBeGreaterThan(0);
  await at.cloud.close();
  await expect.poll(() => [process, child].map(isRunning)).toEqual([false, false]);
  expect(workDirectories()).toEqual([]);
  // Processes that waited to become a function are gone too.
  await expect.poll(() => waitingRuntimes().filter((each) => pool.includes(each))).toEqual([]);
});

/** A cloud in a process of its own, which prints what runs its functions. */
const CLOUD = `import { makeFunction, run, startLambdaCloud } from ${JSON.stringify(new URL("./test-cloud.ts", import.meta.url).href)};
const at = await startLambdaCloud("killed");
await makeFunction(at, "node", { "index.mjs": "export const handler = async () => process.pid;" });
const python = { "index.py": "import os\\ndef handler(event, context): return os.getpid()" };
await makeFunction(at, "python", python, { Runtime: "python3.12", Timeout: 30 });
const answers = await Promise.all(["node", "python"].map((name) => run(at, name)));
console.log(JSON.stringify(answers.map((answer) => answer.json)));`;

test("a cloud that is killed leaves no process behind", async () => {
  const cloud = spawn(nodeProgram("nodejs24.x").command, ["--input-type=module", "-e", CLOUD], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void cloud.kill("SIGKILL"));
  const [line] = (await once(cloud.stdout, "data")) as [Buffer];
  const processes = JSON.parse(line.toString()) as number[];
  expect(processes.map(isRunning)).toEqual([true, true]);
  cloud.kill("SIGKILL");
  await expect.poll(() => processes.map(isRunning)).toEqual([false, false]);
});

function isRunning(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}

function workDirectories(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`hangar-lambda-${process.pid}-`));
}

/** Our own children that run the bootstrap. */
function waitingRuntimes(): string[] {
  return execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes("bootstrap/node/main.mjs"))
    .map((line) => line.trim().split(" ")[0] ?? "");
}
