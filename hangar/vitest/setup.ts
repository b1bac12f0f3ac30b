// vitest's globalSetup: synthesises the app and deploys it to the target, once a run, unless `hangar test` has done that.

import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { runInitScripts } from "../cli/init-scripts.ts";
import { childEnvironment } from "../cli/instance.ts";
import { remotePlace } from "../cli/configured.ts";
import { enterEnvironment } from "../cli/own-environment.ts";
import { openRemote } from "../cli/remote-target.ts";
import { readTargetFile } from "../cli/target-file.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { rememberBeginning } from "../cloud/reset.ts";
import { openCloud } from "../index.ts";
import { hostTime } from "../kernel/host-time.ts";
import { assemblyHash } from "../promotion/assembly-hash.ts";
import { usageOf, type Run } from "../readiness/usage-of.ts";
import { writeUsage } from "../readiness/usage.ts";
import { readAssembly, selected } from "../targets/assembly.ts";
import { readConfig, type AwsConfig, type HangarConfig } from "../targets/config.ts";
import { deployApp } from "../targets/deploy-app.ts";
import { synth } from "../targets/synth.ts";
import type { DeployedTarget, Progress } from "../targets/target.ts";
import { deployWarm, warmPort } from "../targets/warm-start.ts";
import { writeOutputTypes } from "./output-types.ts";
import type { HarnessSettings } from "./provided.ts";
import { writeTestResults } from "./test-results.ts";

type End = () => Promise<void>;
type HowItRan = () => Promise<Pick<Run, "only" | "passed">>;
type Settings = HarnessSettings & { readonly directory: string; readonly config: HangarConfig };

export async function setup(project: TestProject): Promise<End> {
  const { root, provide } = project.config;
  const given = (provide as { readonly hangar?: HarnessSettings }).hangar ?? {};
  const directory = resolve(root, given.directory ?? "");
  const settings = { ...given, directory, config: await readConfig(directory) };
  const tell = (line: string): void => project.vitest.logger.error(line);
  const { deployed, end } = await deployedFor(settings, () => runOf(project), tell);
  writeOutputTypes(
    resolve(root, settings.outputTypes ?? join(".hangar", "stack-outputs.d.ts")),
    Object.values(deployed.stacks).flatMap((outputs) => Object.keys(outputs)),
  );
  project.provide("hangarWorld", { ...deployed, root });
  return () => {
    writeTestResults(project);
    return end();
  };
}

async function deployedFor(
  settings: Settings,
  run: HowItRan,
  tell: Progress,
): Promise<{ deployed: DeployedTarget; end: End }> {
  const deployed = readTargetFile() ?? (await deployedElsewhere(settings, tell));
  return deployed === undefined ? embedded(settings, run) : { deployed, end: () => Promise.resolve() };
}

/** What is deployed to LocalStack or AWS stays there. */
async function deployedElsewhere(settings: Settings, tell: Progress): Promise<DeployedTarget | undefined> {
  const { target: name = "embedded", directory, config, stacks } = settings;
  if (name === "embedded") return undefined;
  const known = remotePlace(config, name);
  const { account, region, endpoint }: AwsConfig = (name === "aws" ? settings.aws : settings) ?? {};
  const { target, assembly } = await openRemote(
    {
      target: name,
      project: directory,
      app: settings.app ?? config.app,
      output: join(directory, "cdk.out"),
      account: account ?? known.account,
      region: region ?? known.region,
      endpoint: endpoint ?? known.endpoint,
    },
    tell,
  );
  return (await deployApp(target, { assembly, stacks }, quiet)).deployed;
}

async function embedded(settings: Settings, run: HowItRan): Promise<{ deployed: DeployedTarget; end: End }> {
  const { config, strict, stacks, directory, warmStart = true } = settings;
  const { account, region } = config.targets?.embedded ?? {};
  const folder = warmStart ? join(directory, ".hangar", "worlds") : undefined;
  const open = (asked: number): ReturnType<typeof openCloud> =>
    openCloud({ account: settings.account ?? account, region: settings.region ?? region, strict, port: asked });
  const { cloud, port, close } = await open(warmPort(folder)).catch(() => open(0));
  const instance = { pid: process.pid, port, endpoint: cloud.origin, region: cloud.region, account: cloud.account };
  // The workers inherit it: a client that a test or a handler makes for itself finds us too, and never a real account.
  const leave = enterEnvironment(childEnvironment(instance));
  const end = async (): Promise<void> => {
    leave();
    await close();
  };
  try {
    const init = join(directory, "localstack-init");
    await runInitScripts(cloud, instance, init);
    const assembly = await synth({
      directory,
      app: settings.app ?? config.app,
      output: "cdk.out",
      account: cloud.account,
      region: cloud.region,
      environment: childEnvironment(instance),
    });
    const { deployed } = await deployWarm(cloud, { assembly, stacks, init, folder }, quiet);
    rememberBeginning(cloud);
    const tell = async (): Promise<void> => {
      const { only, passed } = await run();
      const at = new Date(hostTime.now()).toISOString();
      const artifacts = selected(readAssembly(assembly), stacks);
      const ran = {
        at,
        assembly: assemblyHash(assembly),
        only,
        passed: passed && cloud.bugs.length === 0,
        stacks: artifacts,
      };
      try {
        writeUsage(directory, await usageOf(cloud, ran));
      } finally {
        await end();
      }
      failOnBugs(cloud);
    };
    return { deployed, end: tell };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Which files ran when not all did, and whether they passed. */
async function runOf({ vitest }: TestProject): ReturnType<HowItRan> {
  const ran = vitest.state.getFiles().map(({ name }) => name);
  const all = await vitest.globTestSpecifications();
  const { testNamePattern } = vitest.config;
  return {
    only: [
      ...(ran.length < all.length ? ran : []),
      ...(testNamePattern === undefined ? [] : ["-t", testNamePattern.source]),
    ],
    passed: vitest.state.getCountOfFailedTests() === 0 && vitest.state.errorsSet.size === 0,
  };
}

function quiet(): void {}

/** Fails the run: a test that met one may have passed by chance. */
function failOnBugs(cloud: Cloud): void {
  if (cloud.bugs.length === 0) return;
  const lines = cloud.bugs.map(({ where, error }) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `Hangar failed in ${where}: ${text}`;
  });
  throw new Error(lines.join("\n"));
}
