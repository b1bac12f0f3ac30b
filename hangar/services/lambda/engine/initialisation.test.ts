// What Lambda does with initialisations that fail or take too long: once more within the invocation, and INIT_REPORT lines.

import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { logOf, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("initialisation");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const tokens = (lines: readonly string[]): string[] =>
  lines.map((line) =>
    line
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "<id>")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
      .replaceAll(/(\d+\.\d\d|(?<=Billed Duration: )\d+) ms/g, "<ms>")
      .replaceAll(/Max Memory Used: \d+ MB/g, "Max Memory Used: <mb>")
      .replace(/arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}/, "<arn>"),
  );

const INIT_START = "INIT_START Runtime Version: nodejs:24.v1\tRuntime Version ARN: <arn>\n";

const failing = (exit: string) => ({
  "index.mjs": `console.log("loading");\n${exit}\nexport const handler = async () => 1;`,
});

test("an initialisation that fails is tried again within the invocation, and each failure has its INIT_REPORT", async () => {
  await makeFunction(at, "exits", failing("process.exit(3);"));
  const { json, FunctionError } = await run(at, "exits");
  expect(FunctionError).toBe("Unhandled");
  expect(json).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/),
  });
  expect(tokens(await logOf(at, "exits"))).toEqual([
    INIT_START,
    "<time>\tundefined\tINFO\tloading\n",
    "INIT_REPORT Init Duration: <ms>\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n",
    "<time>\tundefined\tINFO\tloading\n",
    "INIT_REPORT Init Duration: <ms>\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError\n",
    "START RequestId: <id> Version: $LATEST\n",
    "RequestId: <id> Error: Runtime exited with error: exit status 3\nRuntime.ExitError\n",
    "END RequestId: <id>\n",
    "REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <ms>\tMemory Size: 128 MB\tMax Memory Used: <mb>\tStatus: error\tError Type: Runtime.ExitError\n",
  ]);
});

/** Loads quickly only when it has been loaded before: the file lies outside of what an environment has to itself. */
const slowOnce = (marker: string, seconds: number) => ({
  "index.mjs": `import { existsSync, writeFileSync } from "node:fs";
if (!existsSync(${JSON.stringify(marker)})) {
  writeFileSync(${JSON.stringify(marker)}, "");
  await new Promise((resolve) => setTimeout(resolve, ${seconds * 1000}));
}
export const handler = async () => "ready";`,
});

test("after ten seconds an initialisation is cut off and begun again in the invocation's time", async () => {
  const marker = `/dev/shm/hangar-init-${process.pid}`;
  onTestFinished(() => rmSync(marker, { force: true }));
  await makeFunction(at, "slow", slowOnce(marker, 60));
  const { json } = await run(at, "slow");
  expect(json).toBe("ready");
  const log = await logOf(at, "slow");
  // A timer may fire within the last millisecond.
  expect(log[1]).toMatch(/^INIT_REPORT Init Duration: (?:9999|1\d{4})\.\d\d ms\tPhase: init\tStatus: timeout\n$/);
  expect(tokens(log)).toEqual([
    INIT_START,
    "INIT_REPORT Init Duration: <ms>\tPhase: init\tStatus: timeout\n",
    "START RequestId: <id> Version: $LATEST\n",
    "END RequestId: <id>\n",
    "REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <ms>\tMemory Size: 128 MB\tMax Memory Used: <mb>\t\n",
  ]);
});

test.concurrent("the second try has the function's time and no more", async () => {
  await makeFunction(at, "never", failing("await new Promise((resolve) => setTimeout(resolve, 60_000));"), {
    Timeout: 3,
  });
  const { json } = await run(at, "never");
  expect(json).toEqual({
    errorType: "Sandbox.Timedout",
    errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 3\.00 seconds$/),
  });
  expect(tokens(await logOf(at, "never")).slice(2)).toEqual([
    "INIT_REPORT Init Duration: <ms>\tPhase: init\tStatus: timeout\n",
    "<time>\tundefined\tINFO\tloading\n",
    "INIT_REPORT Init Duration: <ms>\tPhase: invoke\tStatus: timeout\n",
    "START RequestId: <id> Version: $LATEST\n",
    "<time> <id> Task timed out after 3.00 seconds\n\n",
    "END RequestId: <id>\n",
    "REPORT RequestId: <id>\tDuration: <ms>\tBilled Duration: <ms>\tMemory Size: 128 MB\tMax Memory Used: <mb>\tStatus: timeout\n",
  ]);
});

test("with the JSON format a failed initialisation is a platform.initReport", async () => {
  await makeFunction(at, "json", failing("process.exit(3);"), { LoggingConfig: { LogFormat: "JSON" } });
  await run(at, "json");
  const reports = (await logOf(at, "json"))
    .map((line) => JSON.parse(line))
    .filter(({ type }) => type === "platform.initReport");
  expect(reports.map(({ record }) => record)).toEqual(
    ["init", "invoke"].map((phase) => ({
      initializationType: "on-demand",
      phase,
      status: "error",
      errorType: "Runtime.ExitError",
      metrics: { durationMs: expect.any(Number) },
    })),
  );
});
