// An environment whose invocation failed begins again with the next one: the same /tmp and log stream, new processes.

import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient, UpdateFunctionConfigurationCommand, type Runtime } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeProgram } from "./runtimes.ts";
import { sandbox } from "./sandbox.ts";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
const none = typeof (await sandbox()) === "string";

beforeAll(async () => {
  at = await startLambdaCloud("reset");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

/** What a function can do to itself; it tells what it finds, and how often it was called since it was loaded. */
const FILES = {
  "index.mjs": `import { readdirSync, writeFileSync } from "node:fs";
let calls = 0;
export const handler = async ({ file, end }) => {
  if (file !== undefined) writeFileSync("/tmp/" + file, file);
  if (end === "exit") process.exit(3);
  if (end === "kill") process.kill(process.pid, "SIGKILL");
  if (end === "memory") for (const all = []; ; ) all.push(Buffer.alloc(8_000_000, 1));
  if (end === "time") await new Promise((done) => setTimeout(done, 60_000));
  return { files: readdirSync("/tmp").filter((name) => name.startsWith("own-")), calls: ++calls };
};`,
  "index.py": `import os, signal, time
calls = 0
def handler(event, context):
    global calls
    calls += 1
    if "file" in event: open("/tmp/" + event["file"], "w").write("x")
    end = event.get("end")
    if end == "exit": os._exit(3)
    if end == "kill": os.kill(os.getpid(), signal.SIGKILL)
    if end == "memory": all = [bytearray(b"x") * 1000000000]
    if end == "time": time.sleep(60)
    return {"files": [name for name in os.listdir("/tmp") if name.startswith("own-")], "calls": calls}`,
  "bootstrap*": `#!/usr/bin/env python3
import json, os, urllib.request
exec(open("/var/task/index.py").read())
base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(base + "next") as response:
        id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        event = json.loads(response.read())
    data = json.dumps(handler(event, None)).encode()
    urllib.request.urlopen(urllib.request.Request(base + id + "/response", data=data)).read()
`,
};

async function streamsOf(name: string): Promise<Set<string | undefined>> {
  const logs = new CloudWatchLogsClient({ ...at.cloud.clientConfig(), maxAttempts: 1 });
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }));
  return new Set(events.map((event) => event.logStreamName));
}

describe.skipIf(none).each<Runtime>(["nodejs24.x", "python3.12", "provided.al2023"])("%s", (Runtime) => {
  test.each([
    ["time", "Sandbox.Timedout", "Task timed out after 2.00 seconds"],
    ["exit", "Runtime.ExitError", "Runtime exited with error: exit status 3"],
    ["kill", "Runtime.ExitError", "Runtime exited with error: signal: killed"],
    ["memory", "Runtime.OutOfMemory", "Runtime exited with error: signal: killed"],
  ])("after the end by %s /tmp and the log stream are the same, and nothing else", async (end, type, words) => {
    const name = `${end}-${Runtime.slice(0, 4)}`;
    await makeFunction(at, name, FILES, { Runtime, Timeout: 2 });
    expect((await run(at, name, { file: "own-a" })).json).toEqual({ files: ["own-a"], calls: 1 });
    const failed = await run(at, name, { file: "own-b", end });
    expect(failed.json).toEqual({
      errorType: type,
      errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${words}$`)),
    });
    const next = (await run(at, name)).json as { readonly files: readonly string[] };
    expect({ ...next, files: next.files.toSorted() }).toEqual({ files: ["own-a", "own-b"], calls: 1 });
    expect((await run(at, name)).json).toMatchObject({ calls: 2 });
    expect((await streamsOf(name)).size).toBe(1);
  });
});

test("it begins again in the next invocation's time, and the log does not tell of it", async () => {
  const files = {
    "index.mjs": `await new Promise((done) => setTimeout(done, 300));
export const handler = async ({ end }) => (end ? process.exit(1) : 1);`,
  };
  await makeFunction(at, "begins", files);
  await run(at, "begins", { end: true });
  await run(at, "begins");
  const log = await logOf(at, "begins");
  expect(log.map((line) => line.split(" ")[0])).toEqual([
    "INIT_START",
    "START",
    "RequestId:",
    "END",
    "REPORT",
    "START",
    "END",
    "REPORT",
  ]);
  expect(log[4]).toMatch(/\tInit Duration: \d+\.\d\d ms\tStatus: error\tError Type: Runtime\.ExitError\n$/);
  const [, duration, billed] = /\tDuration: ([\d.]+) ms\tBilled Duration: (\d+) ms\t/.exec(log[7] ?? "") ?? [];
  expect(log[7]).not.toContain("Init Duration");
  expect(Number(duration)).toBeGreaterThan(300);
  expect(Number(billed)).toBe(Math.ceil(Number(duration)));
});

test("one that cannot begin again says so with each invocation, in the same log stream", async () => {
  const files = { "index.mjs": `if (process.env.FAILS) process.exit(4);\nexport const handler = async () => 1;` };
  await makeFunction(at, "cannot", files, { Environment: { Variables: { FAILS: "1" } } });
  await run(at, "cannot");
  await run(at, "cannot");
  const told = (await logOf(at, "cannot")).map((line) => /^INIT_REPORT.*(Phase: \w+)|^\w+/.exec(line));
  expect(told.map((found) => found?.[1] ?? found?.[0])).toEqual([
    "INIT_START",
    "Phase: init",
    "Phase: invoke",
    "START",
    "RequestId",
    "END",
    "REPORT",
    "Phase: invoke",
    "START",
    "RequestId",
    "END",
    "REPORT",
  ]);
  expect((await streamsOf("cannot")).size).toBe(1);
});

test.skipIf(none)("what an initialisation that took too long has written is there when it is tried again", async () => {
  const files = {
    "index.mjs": `import { existsSync, writeFileSync } from "node:fs";
const known = existsSync("/tmp/own-model");
writeFileSync("/tmp/own-model", "loaded");
if (!known) await new Promise((done) => setTimeout(done, 60_000));
export const handler = async () => "ready";`,
  };
  await makeFunction(at, "loads", files, { Timeout: 20 });
  expect((await run(at, "loads")).json).toBe("ready");
});

test.skipIf(none)("new code, other worlds and other environments have a /tmp of their own", async () => {
  await makeFunction(at, "apart", FILES, { Timeout: 5 });
  const fork = at.cloud.fork();
  const there = { ...at, lambda: new LambdaClient({ ...fork.clientConfig(), maxAttempts: 1 }) };
  await run(there, "apart", { file: "own-fork", end: "exit" });
  expect((await run(at, "apart", { file: "own-main" })).json).toEqual({ files: ["own-main"], calls: 1 });
  await run(at, "apart", { end: "exit" });
  expect((await run(there, "apart")).json).toEqual({ files: ["own-fork"], calls: 1 });
  fork.dispose();
  await at.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "apart", MemorySize: 256 }));
  expect((await run(at, "apart")).json).toEqual({ files: [], calls: 1 });
});

test.skipIf(none)("nothing is left of it when it ends for good", async () => {
  const descriptors = (): number => readdirSync("/proc/self/fd").length;
  await makeFunction(at, "leaves", FILES, { Timeout: 5 });
  const round = async (size: number): Promise<void> => {
    await run(at, "leaves", { file: "own-a", end: "exit" });
    await run(at, "leaves", { end: "exit" });
    await at.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "leaves", MemorySize: size }));
  };
  await round(129);
  const before = descriptors();
  for (let size = 130; size < 140; size += 1) await round(size);
  await expect.poll(descriptors).toBeLessThan(before + 5);
});

/** A cloud on a machine that has no namespaces to give, in a process of its own. */
const CLOUD = `import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { DeleteFunctionCommand } from "@aws-sdk/client-lambda";
import { makeFunction, run, startLambdaCloud } from ${JSON.stringify(new URL("./test-cloud.ts", import.meta.url).href)};
const at = await startLambdaCloud("unmounted");
await makeFunction(at, "writes", { "index.mjs": ${JSON.stringify(`import { readdirSync, writeFileSync } from "node:fs";
export const handler = async ({ end }) => {
  const before = readdirSync(process.env.TMPDIR);
  writeFileSync(process.env.TMPDIR + "/own", "");
  if (end) process.exit(1);
  return [before, process.env.TMPDIR];
};`)} });
await run(at, "writes", { end: true });
const [files, place] = (await run(at, "writes")).json;
await at.lambda.send(new DeleteFunctionCommand({ FunctionName: "writes" }));
const left = () => readdirSync(dirname(place)).filter((name) => name.startsWith("scratch"));
for (let tries = 0; tries < 100 && left().length > 0; tries += 1) await new Promise((done) => setTimeout(done, 50));
console.log(JSON.stringify([files, left()]));
await at.cloud.close();`;

test("without mounts it has its directory again, which goes with it", () => {
  const output = execFileSync(nodeProgram("nodejs24.x").command, ["--input-type=module", "-e", CLOUD], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HANGAR_LAMBDA_MOUNTS: "off" },
  });
  expect(JSON.parse(output)).toEqual([["own"], []]);
});
