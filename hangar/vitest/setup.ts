// vitest's globalSetup: synthesises the app and deploys it, once a run; the tests of all workers fork that world.

import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import type { Cloud } from "../cloud/cloud.ts";
import { childEnvironment } from "../cli/instance.ts";
import { deployAssembly, openCloud } from "../index.ts";
import { synth } from "../targets/synth.ts";
import { writeOutputTypes } from "./output-types.ts";
import type { HarnessSettings } from "./provided.ts";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config;
  const settings = (project.config.provide as { readonly hangar?: HarnessSettings }).hangar ?? {};
  const { region, account, strict, stacks: chosen = [] } = settings;
  const { cloud, port, close } = await openCloud({ region, account, strict });
  try {
    const assembly = await synthFor(cloud, port, { ...settings, directory: resolve(root, settings.directory ?? "") });
    const deployed = await deployAssembly(cloud, cloud.world, { assembly, stacks: chosen });
    await cloud.world.scheduler.settled();
    const stacks = Object.fromEntries(deployed.map(({ stackName, outputs }) => [stackName, outputs]));
    writeOutputTypes(
      root,
      deployed.flatMap(({ outputs }) => Object.keys(outputs)),
    );
    project.provide("hangarWorld", {
      endpoint: cloud.origin,
      region: cloud.region,
      account: cloud.account,
      stacks,
      root,
    });
  } catch (error) {
    await close();
    throw error;
  }
  return async () => {
    await close();
    if (cloud.bugs.length > 0) throw new Error(bugsOf(cloud));
  };
}

function synthFor(cloud: Cloud, port: number, settings: HarnessSettings & { directory: string }): Promise<string> {
  const { region, account, origin: endpoint } = cloud;
  return synth({
    directory: settings.directory,
    app: settings.app,
    output: "cdk.out",
    account,
    region,
    environment: childEnvironment({ pid: process.pid, port, endpoint, region, account }),
  });
}

/** Fails the run: a test that met one may have passed by chance. */
function bugsOf(cloud: Cloud): string {
  const lines = cloud.bugs.map(({ where, error }) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `Hangar failed in ${where}: ${text}`;
  });
  return lines.join("\n");
}
