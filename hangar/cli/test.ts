// `hangar test`: the app's suites on a target, with vitest; its own flags pass through.

import { existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { rememberBeginning } from "../cloud/reset.ts";
import { usageOf } from "../readiness/usage-of.ts";
import { writeUsage } from "../readiness/usage.ts";
import { readAssembly } from "../targets/assembly.ts";
import { deployApp } from "../targets/deploy-app.ts";
import { reasonLacking } from "../targets/lacking.ts";
import { deployWarm, warmPort } from "../targets/warm-start.ts";
import type { DeployedTarget } from "../targets/target.ts";
import { synthFor, warmFolder, warmOptions } from "./app.ts";
import { say, sayAside, text, UsageError, type Command, type Words } from "./command.ts";
import { runInitScripts } from "./init-scripts.ts";
import { childEnvironment, openInstance } from "./instance.ts";
import { endOnSignal } from "./lifetime.ts";
import { openRemoteFor, remoteNameIn, targetOptions } from "./open-target.ts";
import { runProgram } from "./run-program.ts";
import { writeTargetFile } from "./target-file.ts";

export const command: Command = {
  name: "test",
  says: "Run the suites on a target (vitest; all its flags pass through).",
  usage: "test [--target embedded|localstack|aws] [VITEST FLAG ...]",
  options: {
    ...targetOptions,
    ...warmOptions,
    config: { type: "string", says: "vitest's configuration (e2e/vitest.config.ts)" },
  },
  passesOn: true,
  async run(words) {
    const remote = remoteNameIn(words);
    return remote === undefined ? testEmbedded(words) : testRemote(words, remote);
  },
};

async function testEmbedded(words: Words): Promise<number> {
  const folder = warmFolder(words);
  const open = (port: number): ReturnType<typeof openInstance> => openInstance({}, port, sayAside);
  const { cloud, instance, close } = await open(warmPort(folder)).catch(() => open(0));
  const release = endOnSignal(close);
  try {
    const init = "localstack-init";
    await runInitScripts(cloud, instance, init);
    const started = performance.now();
    const assembly = await synthFor(instance, words);
    const stacks = readAssembly(assembly);
    const synthesised = performance.now();
    const { deployed, restored } = await deployWarm(cloud, { assembly, init, folder }, sayAside);
    say(
      `embedded: synth ${((synthesised - started) / 1000).toFixed(1)} s, ${restored ? "brought back in" : "deploy"} ${((performance.now() - synthesised) / 1000).toFixed(2)} s, ${instance.endpoint}`,
    );
    rememberBeginning(cloud);
    const code = await runSuites(words, deployed, childEnvironment(instance));
    const only = [...words.rest, ...words.raw];
    const ended = new Date().toISOString();
    writeUsage(process.cwd(), await usageOf(cloud, { at: ended, only, passed: code === 0, stacks }));
    for (const { where, error } of cloud.bugs)
      sayAside(`Hangar failed in ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return cloud.bugs.length > 0 ? 1 : code;
  } finally {
    await close();
    release();
  }
}

/** Deploys, runs the suites, which say what they skipped and why, and leaves the app there. */
async function testRemote(words: Words, name: "localstack" | "aws"): Promise<number> {
  const { target, assembly, environment } = await openRemoteFor(words, name);
  const started = performance.now();
  const { deployed } = await deployApp(target, { assembly }, say);
  say(`${name}: deploy ${((performance.now() - started) / 1000).toFixed(1)} s, ${target.endpoint ?? target.account}`);
  return runSuites(words, deployed, environment);
}

/** Runs vitest, which learns of the target from HANGAR_TARGET_FILE. */
async function runSuites(
  words: Words,
  target: DeployedTarget,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const reports = resolve(".hangar", "reports");
  mkdirSync(reports, { recursive: true });
  const config = text(words, "config") ?? "e2e/vitest.config.ts";
  if (!existsSync(config)) throw new UsageError(`There is no ${config}. Give --config FILE.`);
  const report = join(reports, target.name === "embedded" ? "e2e.json" : `e2e-${target.name}.json`);
  const flags = [
    "run",
    "--config",
    config,
    "--reporter=verbose",
    "--reporter=json",
    `--outputFile.json=${report}`,
    // On one world for all, a file's tests may not meet another's.
    ...(reasonLacking(target.name, "forks") === undefined ? [] : ["--no-file-parallelism"]),
    ...words.rest,
    ...words.raw,
  ];
  return runProgram(process.execPath, [vitestPath(), ...flags], {
    ...environment,
    ...writeTargetFile(target),
  });
}

function vitestPath(): string {
  const require = createRequire(join(process.cwd(), "package.json"));
  try {
    return join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  } catch {
    throw new Error("The suites run with vitest, which is not installed here: npm install --save-dev vitest");
  }
}
