// vitest's globalSetup: synthesises the app and deploys it, once a run; the tests of all workers fork that world.

import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import type { Cloud } from "../cloud/cloud.ts";
import { runInitScripts } from "../cli/init-scripts.ts";
import { childEnvironment, type Instance } from "../cli/instance.ts";
import { readTargetFile } from "../cli/target-file.ts";
import { openCloud } from "../index.ts";
import { deployApp } from "../targets/deploy-app.ts";
import { embeddedTarget } from "../targets/embedded.ts";
import { synth } from "../targets/synth.ts";
import type { DeployedTarget } from "../targets/target.ts";
import { writeOutputTypes } from "./output-types.ts";
import type { HarnessSettings } from "./provided.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config;
  const settings = (project.config.provide as { readonly hangar?: HarnessSettings }).hangar ?? {};
  const told = readTargetFile();
  if (told !== undefined) {
    provideWorld(project, told, settings);
    return () => Promise.resolve();
  }
  const { region, account, strict, stacks: chosen = [] } = settings;
  const { cloud, port, close } = await openCloud({ region, account, strict });
  try {
    const directory = resolve(root, settings.directory ?? "");
    const instance = { pid: process.pid, port, endpoint: cloud.origin, region: cloud.region, account: cloud.account };
    await runInitScripts(cloud, instance, join(directory, "localstack-init"));
    const assembly = await synthFor(instance, { ...settings, directory });
    const { deployed } = await deployApp(embeddedTarget(cloud), { assembly, stacks: chosen }, () => undefined);
    await cloud.world.scheduler.settled();
    provideWorld(project, deployed, settings);
  } catch (error) {
    await close();
    throw error;
  }
  return async () => {
    await close();
    if (cloud.bugs.length > 0) throw new Error(bugsOf(cloud));
  };
}

function provideWorld(project: TestProject, deployed: DeployedTarget, { outputTypes }: HarnessSettings): void {
  const { root } = project.config;
  writeOutputTypes(
    resolve(root, outputTypes ?? join(".hangar", "stack-outputs.d.ts")),
    Object.values(deployed.stacks).flatMap((outputs) => Object.keys(outputs)),
  );
  project.provide("hangarWorld", { ...deployed, root });
}

function synthFor(
  instance: Instance,
  { directory, app }: HarnessSettings & { readonly directory: string },
): Promise<string> {
  const { account, region } = instance;
  return synth({ directory, app, output: "cdk.out", account, region, environment: childEnvironment(instance) });
}

/** Fails the run: a test that met one may have passed by chance. */
function bugsOf(cloud: Cloud): string {
  const lines = cloud.bugs.map(({ where, error }) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `Hangar failed in ${where}: ${text}`;
  });
  return lines.join("\n");
}
