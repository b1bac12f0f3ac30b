// `hangar test`: the app's suites on a target, with vitest; its own flags pass through.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { embeddedTarget } from "../targets/embedded.ts";
import { readAssembly } from "../targets/assembly.ts";
import { deployedRoles, writeAccess } from "./access-file.ts";
import { stackReferences } from "./access-references.ts";
import { appOptions, synthFor } from "./app.ts";
import { say, sayAside, text, UsageError, type Command, type Words } from "./command.ts";
import { runInitScripts } from "./init-scripts.ts";
import { childEnvironment, environmentOf, openInstance } from "./instance.ts";
import { endOnSignal } from "./lifetime.ts";
import { runProgram } from "./run-program.ts";

export const command: Command = {
  name: "test",
  says: "Run the suites on a target (vitest; all its flags pass through).",
  usage: "test [--target embedded|localstack] [VITEST FLAG ...]",
  options: {
    ...appOptions,
    target: { type: "string", says: "embedded or localstack" },
    config: { type: "string", says: "vitest's configuration (e2e/vitest.config.ts)" },
  },
  passesOn: true,
  async run(words) {
    const target = text(words, "target") ?? "embedded";
    if (target === "embedded") return testEmbedded(words);
    if (target !== "localstack")
      throw new UsageError(`--target ${target} is not there yet: embedded and localstack are.`);
    const { testOnLocalStack } = await import("./localstack.ts");
    return testOnLocalStack(words);
  },
};

async function testEmbedded(words: Words): Promise<number> {
  const { cloud, instance, close } = await openInstance({}, 0, sayAside);
  const release = endOnSignal(close);
  try {
    await runInitScripts(cloud, instance, "localstack-init");
    const started = performance.now();
    const stacks = readAssembly(await synthFor(instance, words));
    const synthesised = performance.now();
    const outputs: Record<string, string> = {};
    for (const stack of stacks) Object.assign(outputs, (await embeddedTarget(cloud).deploy(stack, sayAside)).outputs);
    say(
      `embedded: synth ${((synthesised - started) / 1000).toFixed(1)} s, deploy ${((performance.now() - synthesised) / 1000).toFixed(2)} s, ${instance.endpoint}`,
    );
    const access = {
      account: cloud.account,
      only: [...words.rest, ...words.raw],
      roles: await deployedRoles(cloud),
      stacks: await Promise.all(stacks.map((stack) => stackReferences(cloud, stack))),
    };
    const environment = environmentOf(instance);
    const credentials = {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"],
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"],
    };
    const code = await runSuites(
      words,
      { name: "embedded", endpoint: instance.endpoint, region: instance.region, credentials, outputs, forks: true },
      childEnvironment(instance),
    );
    writeAccess({ ...access, passed: code === 0, uses: cloud.world.access.uses() });
    for (const { where, error } of cloud.bugs)
      sayAside(`Hangar failed in ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return cloud.bugs.length > 0 ? 1 : code;
  } finally {
    await close();
    release();
  }
}

/** Runs vitest with the target's description in HANGAR_TARGET_FILE. */
export async function runSuites(
  words: Words,
  target: { readonly name: string } & Record<string, unknown>,
  environment: Record<string, string | undefined>,
): Promise<number> {
  const folder = resolve(".hangar");
  mkdirSync(join(folder, "reports"), { recursive: true });
  const file = join(folder, `target-${target.name}.json`);
  writeFileSync(file, JSON.stringify(target, null, 2));
  const config = text(words, "config") ?? "e2e/vitest.config.ts";
  if (!existsSync(config)) throw new UsageError(`There is no ${config}. Give --config FILE.`);
  const report = join(folder, "reports", target.name === "embedded" ? "e2e.json" : `e2e-${target.name}.json`);
  const flags = [
    "run",
    "--config",
    config,
    "--reporter=verbose",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...words.rest,
    ...words.raw,
  ];
  return runProgram(process.execPath, [vitestPath(), ...flags], { ...environment, HANGAR_TARGET_FILE: file });
}

function vitestPath(): string {
  const require = createRequire(join(process.cwd(), "package.json"));
  try {
    return join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  } catch {
    throw new Error("The suites run with vitest, which is not installed here: npm install --save-dev vitest");
  }
}
