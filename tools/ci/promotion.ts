// Takes this folder's app from the embedded target to LocalStack, where one answers, and to a stand-in for AWS: one hash, three records.
//
// node tools/ci/promotion.ts [--config FILE] [--suite NAME] [--slow] [--again]
// The stand-in is a Hangar in a process of its own: TLS, no keys but those that its role Deployer was given, reads that
// are up to 5 s late, AWS's rates of calls.
//   --slow   its stacks, functions and tables take AWS's time, too: minutes
//   --again  runs the embedded suite also where it has passed already with this assembly

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { standInProcess } from "../../hangar/cli/stand-in-process.ts";
import { assemblyHash } from "../../hangar/promotion/assembly-hash.ts";
import { readRuns, type RunRecord } from "../../hangar/promotion/run-record.ts";
import { recordsTable } from "./records-table.ts";

const { values } = parseArgs({
  options: {
    config: { type: "string", default: "e2e/vitest.config.ts" },
    suite: { type: "string" },
    slow: { type: "boolean", default: false },
    again: { type: "boolean", default: false },
  },
});

const MAIN = resolve(import.meta.dirname, "../../hangar/cli/main.ts");
const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const assembly = resolve("cdk.out");
const words = ["--config", values.config];
const promoted = [
  ...words,
  // CI's tree is clean; at work it need not be, and the record says so.
  "--allow-dirty",
  "--app",
  assembly,
  "--yes",
  ...(values.suite === undefined ? [] : ["--suite", values.suite]),
];

const started = new Date().toISOString();
const failures: string[] = [];
if (values.again || passed("embedded") === undefined) await step("embedded", ["test", ...words], {});
await localstack();
await standIn();

const hash = assemblyHash(assembly);
const records = ["embedded", "localstack", "aws"].map((target) => recordOf(hash, target));
console.log(`\n${hash}\n${recordsTable(records, started)}\n`);
if (failures.length > 0) console.log(`Failed: ${failures.join(", ")}`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function localstack(): Promise<void> {
  const endpoint = process.env["LOCALSTACK_ENDPOINT"] ?? "http://127.0.0.1:4566";
  const why = await fetch(`${endpoint}/_localstack/health`, { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => (status === 200 ? undefined : `it answers ${status}`),
    (error: Error) => `no answer (${error.cause instanceof Error ? error.cause.message : error.message})`,
  );
  if (why === undefined) await step("localstack", ["promote", "--to", "localstack", ...promoted], {});
  else console.log(`localstack: skipped, ${endpoint}: ${why}. docker compose up -d --wait brings it up.`);
}

async function standIn(): Promise<void> {
  const place = ["--account", ACCOUNT, "--region", REGION];
  const real = ["--strict", "--consistency", "5s", "--throttling", ...(values.slow ? ["--state-times"] : [])];
  const { endpoint, keys, stop } = await standInProcess([...place, ...real]);
  try {
    await step("aws", ["promote", "--to", "aws", ...place, "--endpoint-url", endpoint, ...promoted], keys);
  } finally {
    await stop();
  }
}

/** The last record there, if this run or an earlier one has left a green one. */
function passed(target: string): RunRecord | undefined {
  if (!existsSync(join(assembly, "manifest.json"))) return undefined;
  const run = recordOf(assemblyHash(assembly), target);
  return run?.result === "passed" ? run : undefined;
}

function recordOf(of: string, target: string): RunRecord | undefined {
  return readRuns(process.cwd(), of).findLast((run) => run.place.target === target && run.only.length === 0);
}

async function step(name: string, command: readonly string[], more: NodeJS.ProcessEnv): Promise<void> {
  console.log(`\n== ${name}: hangar ${command.join(" ")}`);
  const own = Object.entries(process.env).filter(([variable]) => !variable.startsWith("AWS_"));
  const child = spawn(process.execPath, [MAIN, ...command], {
    stdio: "inherit",
    env: { ...Object.fromEntries(own), ...more },
  });
  const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
  if (code !== 0) failures.push(name);
}
