// `hangar test`: the app's suites on a target, with vitest; its own flags pass through.

import { rememberBeginning } from "../cloud/reset.ts";
import { usageOf } from "../readiness/usage-of.ts";
import { writeUsage } from "../readiness/usage.ts";
import { readAssembly } from "../targets/assembly.ts";
import { deployApp } from "../targets/deploy-app.ts";
import { deployWarm, warmPort } from "../targets/warm-start.ts";
import { synthFor, warmFolder, warmOptions } from "./app.ts";
import { say, sayAside, type Command, type Words } from "./command.ts";
import { embeddedPlace } from "./configured.ts";
import { runInitScripts } from "./init-scripts.ts";
import { childEnvironment, openInstance } from "./instance.ts";
import { endOnSignal } from "./lifetime.ts";
import { openRemoteFor, remoteNameIn, targetOptions } from "./open-target.ts";
import { partOf, placeOf, plannedRun, recorded } from "./record-run.ts";
import { runSuites } from "./run-suites.ts";

export const command: Command = {
  name: "test",
  says: "Run the suites on a target (vitest; all its flags pass through).",
  usage: "test [--target embedded|localstack|aws] [--record DIR] [VITEST FLAG ...]",
  options: {
    ...targetOptions,
    ...warmOptions,
    suite: { type: "string", says: "a part of the tests, by its name in hangar.config.ts (all)" },
    config: { type: "string", says: "vitest's configuration (e2e/vitest.config.ts)" },
    record: { type: "string", says: "folder to record each test's calls in, without secrets (see: hangar compare)" },
  },
  passesOn: true,
  async run(words) {
    const remote = remoteNameIn(words);
    return remote === undefined ? testEmbedded(words) : testRemote(words, remote);
  },
};

/** `aside`: what it and the suites say goes to standard error. */
export async function testEmbedded(words: Words, aside = false): Promise<number> {
  const folder = warmFolder(words);
  const whose = await embeddedPlace();
  const open = (port: number): ReturnType<typeof openInstance> => openInstance(whose, port, sayAside);
  const { cloud, instance, close } = await open(warmPort(folder)).catch(() => open(0));
  const release = endOnSignal(close);
  try {
    const init = "localstack-init";
    await runInitScripts(cloud, instance, init);
    const started = performance.now();
    const assembly = await synthFor(instance, words);
    const stacks = readAssembly(assembly);
    const synthesised = performance.now();
    const { account, region } = instance;
    const run = await plannedRun(words, { assembly, place: { target: "embedded", account, region } });
    return await recorded(run, async () => {
      const { deployed, restored } = await deployWarm(cloud, { assembly, init, folder }, sayAside);
      (aside ? sayAside : say)(
        `embedded: synth ${seconds(synthesised - started, 1)}, ${restored ? "brought back in" : "deploy"} ${seconds(performance.now() - synthesised, 2)}, ${instance.endpoint}`,
      );
      rememberBeginning(cloud);
      const ended = await runSuites(deployed, { ...run.suites, environment: childEnvironment(instance), aside });
      const facts = { at: new Date().toISOString(), only: partOf(run), passed: ended.code === 0, stacks };
      writeUsage(process.cwd(), await usageOf(cloud, { ...facts, assembly: run.assembly }));
      for (const { where, error } of cloud.bugs)
        sayAside(
          `Hangar failed in ${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      const [bug] = cloud.bugs;
      return bug === undefined ? ended : { ...ended, code: 1, failure: `Hangar failed in ${bug.where}` };
    });
  } finally {
    await close();
    release();
  }
}

/** Deploys, runs the suites, which say what they skipped and why, and leaves the app there. */
async function testRemote(words: Words, name: "localstack" | "aws"): Promise<number> {
  const { target, assembly, environment } = await openRemoteFor(words, name);
  const run = await plannedRun(words, { assembly, place: placeOf(target) });
  return recorded(run, async () => {
    const started = performance.now();
    const { deployed } = await deployApp(target, { assembly }, say);
    say(`${name}: deploy ${seconds(performance.now() - started, 1)}, ${target.endpoint ?? target.account}`);
    return runSuites(deployed, { ...run.suites, environment });
  });
}

function seconds(milliseconds: number, digits: number): string {
  return `${(milliseconds / 1000).toFixed(digits)} s`;
}
