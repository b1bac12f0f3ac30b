// Runs the e2e suite again and again in random order, without a retry, with one worker or more: a line a run; ends at the first failure.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "30" },
    /** Numbers of workers, e.g. 1,2: each run is made with each of them. */
    workers: { type: "string", default: String(Math.min(2, availableParallelism())) },
    /** Of the first order; the next run's is one more. */
    seed: { type: "string", default: "1" },
  },
});

type Report = { readonly numPassedTests: number; readonly numFailedTests: number; readonly numPendingTests: number };

const REPORT = ".hangar/reports/e2e.json";
const times = Number(values.times);
const workers = values.workers.split(",").map(Number);
const spent = new Map<number, number[]>(workers.map((count) => [count, []]));

for (let run = 1; run <= times; run += 1) for (const count of workers) await once(run, count);
for (const [count, seconds] of spent) {
  const sorted = seconds.toSorted((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  console.log(
    `workers ${count}: ${seconds.length} runs green, median ${middle.toFixed(1)} s (${least.toFixed(1)} to ${most.toFixed(1)})`,
  );
}

async function once(run: number, count: number): Promise<void> {
  const seed = Number(values.seed) + run - 1;
  const flags = ["--sequence.shuffle", `--sequence.seed=${seed}`, "--retry=0", `--maxWorkers=${count}`];
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, "{}");
  const started = performance.now();
  const { code, said } = await suite(flags);
  const seconds = (performance.now() - started) / 1000;
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = reported();
  console.log(
    `run ${run}/${times}, workers ${count}, seed ${seed}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped, ${seconds.toFixed(1)} s`,
  );
  if (code !== 0 || numPassedTests === 0) {
    console.log(said);
    process.exit(1);
  }
  spent.get(count)?.push(seconds);
}

function reported(): Partial<Report> {
  return JSON.parse(readFileSync(REPORT, "utf8")) as Partial<Report>;
}

function suite(flags: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ["hangar/cli/main.ts", "test", ...flags], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", fail);
    child.once("close", (code) => done({ code, said }));
  });
}
