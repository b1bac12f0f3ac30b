// The logs of functions, and runtimes other than Node.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;

beforeAll(async () => {
  at = await startLambdaCloud("invoke-logs");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const node = (body: string): Record<string, string> => ({ "index.js": body });

describe("logs", () => {
  test("START, the handler's lines, END and REPORT are in the function's log group", async () => {
    await makeFunction(
      at,
      "logs",
      node("exports.handler = async () => { console.log('two\\nlines', { a: 1 }); process.stdout.write('raw\\n') }"),
    );
    const { LogResult } = await run(at, "logs", {}, { LogType: "Tail" });
    const lines = await logOf(at, "logs");
    const id = /RequestId: (\S+)/.exec(lines[1] ?? "")?.[1] ?? "";
    expect(
      lines.map((line) =>
        line
          .replaceAll(id, "<id>")
          .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "<time>")
          .replaceAll(/\d+\.\d\d ms/g, "<ms>")
          .replace(/Billed Duration: \d+ ms/, "Billed Duration: <billed>")
          .replace(/Used: \d+ MB/, "Used: <mb>")
          .replace(/runtime:[0-9a-f]{64}/, "runtime:<hash>"),
      ),
    ).toEqual([
      "INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:<hash>\n",
      "START RequestId: <id> Version: $LATEST\n",
      "<time>\t<id>\tINFO\ttwo\nlines { a: 1 }\n",
      "raw\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <billed>\tMemory Size: 128 MB\tMax Memory Used: <mb>\tInit Duration: <ms>\t\n",
    ]);
    expect(Buffer.from(LogResult ?? "", "base64").toString()).toBe(lines.slice(1).join(""));
  });

  test("with LogFormat JSON every line is an object and levels are filtered", async () => {
    await makeFunction(
      at,
      "json",
      node(
        "exports.handler = async () => { console.debug('no'); console.log('yes', 1); console.error(new Error('bad')) }",
      ),
      { LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "INFO" } },
    );
    await run(at, "json");
    const lines = (await logOf(at, "json")).map(
      (line) => JSON.parse(line) as { type?: string; level?: string; message?: unknown },
    );
    expect(lines.map((line) => line.type ?? line.level)).toEqual([
      "platform.initStart",
      "platform.start",
      "INFO",
      "ERROR",
      "platform.report",
    ]);
    expect(lines[2]?.message).toBe("yes 1");
    expect(lines[3]?.message).toMatchObject({ errorType: "Error", errorMessage: "bad" });
  });

  test("with SystemLogLevel WARN Lambda's own lines tell of failures only", async () => {
    await makeFunction(at, "quiet", node("exports.handler = async ({ fail }) => { if (fail) throw new Error('no') }"), {
      LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN", ApplicationLogLevel: "FATAL" },
    });
    await run(at, "quiet");
    expect(await logOf(at, "quiet")).toEqual([]);
    await run(at, "quiet", { fail: true });
    const lines = (await logOf(at, "quiet")).map((line) => JSON.parse(line) as { type?: string; record?: unknown });
    expect(lines.filter((line) => line.type !== undefined)).toMatchObject([
      { type: "platform.runtimeDone", record: { status: "error", errorType: "Error" } },
      { type: "platform.report", record: { status: "error", errorType: "Error" } },
    ]);
  });

  test("with SystemLogLevel DEBUG it has every event, with its own time", async () => {
    await makeFunction(
      at,
      "debug",
      node("exports.handler = () => new Promise((done) => setTimeout(done, 50, 'four'))"),
      {
        LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "DEBUG" },
      },
    );
    await run(at, "debug");
    const lines = (await logOf(at, "debug")).map(
      (line) => JSON.parse(line) as { time: string; type: string; record: Record<string, unknown> },
    );
    expect(lines.map(({ type, record }) => [type, record["status"]])).toEqual([
      ["platform.initStart", undefined],
      ["platform.initRuntimeDone", "success"],
      ["platform.initReport", "success"],
      ["platform.start", undefined],
      ["platform.runtimeDone", "success"],
      ["platform.report", "success"],
    ]);
    expect(lines[0]?.record).toEqual({
      initializationType: "on-demand",
      phase: "init",
      runtimeVersion: "nodejs:24.v1",
      runtimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/),
    });
    expect(lines[4]?.record["metrics"]).toEqual({ durationMs: expect.any(Number), producedBytes: 6 });
    const [started = 0, ended = 0] = [lines[3], lines[5]].map((line) => Date.parse(line?.time ?? ""));
    expect(ended - started).toBeGreaterThanOrEqual(45);
  });

  test("ApplicationLogLevel also counts for lines that no logger has written; those without a level are INFO", async () => {
    const lines = ["plain", '{"level":"debug","a":1}', '{"level":"WARNING","a":2}', '{"level":"nope","a":3}'];
    const code = node(`exports.handler = async () => process.stdout.write(${JSON.stringify(`${lines.join("\n")}\n`)})`);
    const levels = { SystemLogLevel: "WARN", LogFormat: "JSON" } as const;
    await makeFunction(at, "warnings", code, { LoggingConfig: { ...levels, ApplicationLogLevel: "WARN" } });
    await makeFunction(at, "everything", code, { LoggingConfig: { ...levels, ApplicationLogLevel: "DEBUG" } });
    await run(at, "warnings");
    await run(at, "everything");
    expect(await logOf(at, "warnings")).toEqual([`${lines[2]}\n`]);
    expect(await logOf(at, "everything")).toEqual(lines.map((line) => `${line}\n`));
  });
});

describe("other runtimes", () => {
  test("a Python handler runs, logs, and its exception has AWS's form", async () => {
    await makeFunction(
      at,
      "python",
      {
        "app.py": `import logging, os
def handler(event, context):
    print("hello")
    logging.getLogger().warning("careful")
    if event.get("fail"):
        raise ValueError("wrong")
    return {"event": event, "name": context.function_name, "region": os.environ["AWS_REGION"], "left": context.get_remaining_time_in_millis() > 0}
`,
      },
      { Runtime: "python3.12", Handler: "app.handler", Timeout: 10 },
    );
    expect((await run(at, "python", { a: [1] })).json).toEqual({
      event: { a: [1] },
      name: "python",
      region: "us-east-1",
      left: true,
    });
    const lines = await logOf(at, "python");
    expect(lines).toContain("hello\n");
    expect(lines.some((line) => /^\[WARNING\]\t[\d-]+T[\d:.]+Z\t[0-9a-f-]{36}\tcareful\n$/.test(line))).toBe(true);
    const { json, FunctionError } = await run(at, "python", { fail: true });
    expect(FunctionError).toBe("Unhandled");
    expect(json).toEqual({
      errorMessage: "wrong",
      errorType: "ValueError",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stackTrace: [expect.stringContaining("line 6, in handler")],
    });
  });

  test("a bootstrap of its own speaks the Runtime API", async () => {
    await makeFunction(
      at,
      "own",
      {
        "bootstrap*": `#!/usr/bin/env python3
import os, urllib.request
base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
while True:
    with urllib.request.urlopen(base + "next") as response:
        id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        body = response.read()
    urllib.request.urlopen(urllib.request.Request(base + id + "/response", data=b'{"echo": ' + body + b"}")).read()
`,
      },
      { Runtime: "provided.al2023", Handler: "any", Timeout: 10 },
    );
    expect((await run(at, "own", { a: 1 })).json).toEqual({ echo: { a: 1 } });
  });
});
