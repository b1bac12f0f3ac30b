// The Extensions API through real extensions: programs of a layer, and one inside the handler's own process.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PublishLayerVersionCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";
import { WATCHER } from "./test-extension.ts";

let at: LambdaCloud;
/** What processes have told this test, in order. */
const told: { readonly who: string; readonly what: string; readonly [member: string]: unknown }[] = [];
const listener = createServer((request, response) => {
  request.setEncoding("utf8");
  let text = "";
  request.on("data", (chunk: string) => (text += chunk));
  request.on("end", () => {
    told.push(JSON.parse(text) as (typeof told)[number]);
    response.end();
  });
});

beforeAll(async () => {
  at = await startLambdaCloud("extensions");
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
  listener.closeAllConnections();
  listener.close();
});

const NODE = "#!/usr/bin/env node";

const HANDLER = `process.on("SIGTERM", async () => {
  await fetch(process.env.LISTENER, { method: "POST", body: JSON.stringify({ who: process.env.AWS_LAMBDA_FUNCTION_NAME, what: "SIGTERM" }) });
  process.exit(0);
});
exports.handler = async (event) => {
  console.log("handled");
  if (event.hang) await new Promise((done) => setTimeout(done, 60_000));
  return process.pid;
};`;

async function watched(
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = { "extensions/watcher*": `${NODE}${WATCHER}` },
): Promise<void> {
  const Content = { ZipFile: archive(files) };
  const { LayerVersionArn = "" } = await at.lambda.send(new PublishLayerVersionCommand({ LayerName: name, Content }));
  const LISTENER = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  await makeFunction(
    at,
    name,
    { "index.js": HANDLER },
    {
      Layers: [LayerVersionArn],
      Timeout: 2,
      Environment: { Variables: { LISTENER, EXTENSION: JSON.stringify(settings) } },
    },
  );
}

const of = (who: string): string[] => told.filter((each) => each.who === who).map((each) => each.what);
const events = (who: string): { readonly type: string; readonly record: unknown }[] =>
  told.filter((each) => each.who === who && each.what === "telemetry").flatMap((each) => each["events"] as never[]);

test("an extension registers, gets each invocation and the telemetry, and is told of the end after the runtime", async () => {
  await watched("whole");
  const { json, LogResult } = await run(at, "whole", {}, { LogType: "Tail" });
  expect(json).toEqual(expect.any(Number));
  expect(told.find((each) => each.what === "registered")).toEqual({
    who: "whole",
    what: "registered",
    functionName: "whole",
    functionVersion: "$LATEST",
    handler: "index.handler",
    accountId: "000000000000",
    own: "none",
    args: ["watcher"],
  });
  await expect.poll(() => of("whole")).toContain("INVOKE");
  expect(told.find((each) => each.what === "INVOKE")).toEqual({
    who: "whole",
    what: "INVOKE",
    eventType: "INVOKE",
    deadlineMs: expect.any(Number),
    left: expect.any(Number),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:whole",
    tracing: { type: "X-Amzn-Trace-Id", value: expect.stringMatching(/^Root=1-/) },
  });
  expect(Buffer.from(LogResult ?? "", "base64").toString()).toContain("EXTENSION\tName: watcher\tState: Ready");
  await at.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "whole", MemorySize: 256 }));
  await expect.poll(() => of("whole")).toContain("SHUTDOWN");
  const ends = told.filter((each) => each.who === "whole" && each.what.startsWith("S"));
  expect(ends).toMatchObject([{ what: "SIGTERM" }, { what: "SHUTDOWN", shutdownReason: "spindown" }]);
  expect(ends[1]?.["left"]).toBeLessThanOrEqual(2000);
  const types = events("whole").map((event) => event.type);
  // The extension and the runtime begin side by side.
  expect(types).toContain("platform.telemetrySubscription");
  const others = types.filter((type) => type.startsWith("platform.") && type !== "platform.telemetrySubscription");
  expect(others).toEqual([
    "platform.initStart",
    "platform.initRuntimeDone",
    "platform.extension",
    "platform.initReport",
    "platform.start",
    "platform.runtimeDone",
    "platform.report",
  ]);
  expect(events("whole").find((event) => event.type === "function")?.record).toContain("\tINFO\thandled\n");
  expect(events("whole").find((event) => event.type === "extension")?.record).toBe("watched INVOKE");
  const lines = await logOf(at, "whole");
  expect(lines).toContain("TELEMETRY\tName: watcher\tState: Subscribed\tTypes: [Platform, Function, Extension]\n");
  expect(lines).toContain("EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n");
  expect(lines).toContain("watched INVOKE\n");
});

test("the answer does not wait for an extension; REPORT does, and the environment is not free before", async () => {
  await watched("pauses", { pause: 600 });
  const first = (await run(at, "pauses")).json;
  expect(of("pauses")).not.toContain("INVOKE");
  const again = run(at, "pauses");
  await at.cloud.settle();
  await again;
  await expect.poll(async () => (await logOf(at, "pauses")).filter((line) => line.startsWith("REPORT")).length).toBe(2);
  expect((await again).json).not.toBe(first);
  const durations = (await logOf(at, "pauses")).flatMap((line) => /\tDuration: ([\d.]+) ms/.exec(line)?.[1] ?? []);
  for (const duration of durations) expect(Number(duration)).toBeGreaterThanOrEqual(600);
});

test("when the handler's time is over the extension is told why, and begins again with the next invocation", async () => {
  await watched("late");
  expect((await run(at, "late", { hang: true })).json).toMatchObject({ errorType: "Sandbox.Timedout" });
  await expect.poll(() => of("late")).toContain("SHUTDOWN");
  expect(told.find((each) => each.who === "late" && each.what === "SHUTDOWN")).toMatchObject({
    shutdownReason: "timeout",
  });
  expect(of("late")).not.toContain("SIGTERM");
  await run(at, "late");
  await expect.poll(() => of("late").filter((what) => what === "INVOKE").length).toBe(2);
  const order = of("late").filter((what) => what === "registered" || what === "SHUTDOWN");
  expect(order).toEqual(["registered", "SHUTDOWN", "registered"]);
  const phases = (): unknown[] =>
    events("late").flatMap(({ type, record }) =>
      type === "platform.initStart" ? (record as { phase: string }).phase : [],
    );
  await expect.poll(phases).toEqual(["init", "invoke"]);
});

test("a function whose extension cannot start fails, with the extension's error", async () => {
  const id = "RequestId: [0-9a-f-]{36} Error: ";
  const failure = async (name: string): Promise<unknown> => (await run(at, name)).json;
  await watched("crashes", { fails: "crash" });
  expect(await failure("crashes")).toEqual({
    errorType: "Extension.Crash",
    errorMessage: expect.stringMatching(`^${id}exit status 3$`),
  });
  await watched("gives-up", { fails: "init" });
  expect(await failure("gives-up")).toEqual({
    errorType: "Extension.InitError",
    errorMessage: expect.stringMatching(`^${id}Extension.NoConfiguration$`),
  });
  await watched("unstartable", {}, { "extensions/watcher": `${NODE}${WATCHER}` });
  expect(await failure("unstartable")).toEqual({
    errorType: "Extension.LaunchError",
    errorMessage: expect.stringMatching(`^${id}fork/exec /opt/extensions/watcher: permission denied$`),
  });
  expect(await logOf(at, "unstartable")).toContain(
    "EXTENSION\tName: watcher\tState: LaunchError\tEvents: []\tError Type: PermissionDenied\n",
  );
});

test("the Logs API tells what it told before the Telemetry API", async () => {
  await watched("logs", { api: "/2020-08-15/logs" });
  // What comes after the answer arrives when the environment runs again.
  const typesNow = async (): Promise<string[]> => {
    await run(at, "logs");
    return events("logs").map((event) => event.type);
  };
  await expect.poll(typesNow, { interval: 100 }).toContain("platform.report");
  const types = new Set(events("logs").map((event) => event.type));
  expect([...types].filter((type) => type.startsWith("platform.init"))).toEqual([]);
  expect(types).toContain("platform.logsSubscription");
  expect(await logOf(at, "logs")).toContain(
    "LOGS\tName: watcher\tState: Subscribed\tTypes: [Platform, Function, Extension]\n",
  );
});

test("an extension inside the runtime is called for INVOKE only, and nobody joins late", async () => {
  await makeFunction(at, "inside", {
    "index.mjs": `const base = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2020-01-01/extension/";
const register = async (name, events) => {
  const response = await fetch(base + "register", { method: "POST", headers: { "Lambda-Extension-Name": name }, body: JSON.stringify({ events }) });
  return { status: response.status, id: response.headers.get("lambda-extension-identifier"), ...(await response.json()) };
};
const refused = await register("inner", ["SHUTDOWN"]);
const { id } = await register("inner", ["INVOKE"]);
const seen = [];
(async () => {
  for (;;) seen.push((await (await fetch(base + "event/next", { headers: { "Lambda-Extension-Identifier": id } })).json()).eventType);
})();
const call = async (path, headers) => (await (await fetch(base + path, { headers })).json()).errorType;
export const handler = async () => ({
  refused: [refused.status, refused.errorType],
  late: (await register("other", [])).errorType,
  missing: await call("event/next", {}),
  unknown: await call("event/next", { "Lambda-Extension-Identifier": "00000000-0000-0000-0000-000000000000" }),
  seen: [...seen],
});`,
  });
  const first = (await run(at, "inside")).json;
  expect(first).toMatchObject({
    refused: [403, "Extension.InvalidEventType"],
    late: "Extension.RegistrationClosed",
    missing: "Extension.MissingExtensionIdentifier",
    unknown: "Extension.UnknownExtensionIdentifier",
  });
  expect((await run(at, "inside")).json).toMatchObject({ seen: ["INVOKE", "INVOKE"] });
});

test("a wrapper script of a layer starts the runtime", async () => {
  const wrap = `#!/bin/sh
export WRAPPED="$0 $#"
exec "$@"
`;
  const { LayerVersionArn = "" } = await at.lambda.send(
    new PublishLayerVersionCommand({ LayerName: "wraps", Content: { ZipFile: archive({ "wrap*": wrap }) } }),
  );
  const more = { Layers: [LayerVersionArn], Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrap" } } };
  await makeFunction(at, "wrapped", { "index.js": "exports.handler = async () => process.env.WRAPPED" }, more);
  expect((await run(at, "wrapped")).json).toBe("/opt/wrap 2");
  await makeFunction(
    at,
    "wrapped-python",
    { "index.py": "import os\ndef handler(event, context): return os.environ['WRAPPED']" },
    { ...more, Runtime: "python3.11", Timeout: 20 },
  );
  expect((await run(at, "wrapped-python")).json).toBe("/opt/wrap 3");
});
