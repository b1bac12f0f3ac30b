// The commands' LocalStack side: its endpoint, the deployment and the suites there.

import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { deployApp } from "../targets/deploy-app.ts";
import { localStackReady, localStackTarget } from "../targets/localstack.ts";
import type { Target } from "../targets/target.ts";
import { synthFor } from "./app.ts";
import { say, type Words } from "./command.ts";
import { childEnvironment, type Instance } from "./instance.ts";
import { runSuites } from "./test.ts";

const REGION = "us-east-1";

/** LOCALSTACK_ENDPOINT, or where docker-compose.yml puts it. */
function instanceOf(): Instance {
  const endpoint = process.env["LOCALSTACK_ENDPOINT"] ?? "http://127.0.0.1:4566";
  return { pid: 0, port: Number(new URL(endpoint).port), endpoint, region: REGION, account: "000000000000" };
}

async function open(words: Words): Promise<{ target: Target; assembly: string; instance: Instance }> {
  const instance = instanceOf();
  await localStackReady({ endpoint: instance.endpoint, wait });
  const assembly = await synthFor(instance, words);
  const target = localStackTarget({
    endpoint: instance.endpoint,
    region: REGION,
    project: resolve("."),
    assembly,
    uniqueId: randomUUID,
    wait,
    environment: childEnvironment(instance),
  });
  return { target, assembly, instance };
}

export async function deployToLocalStack(words: Words): Promise<number> {
  const { target, assembly } = await open(words);
  const { stacks } = await deployApp(target, { assembly, stacks: words.rest }, say);
  for (const { outputs } of stacks) for (const [name, value] of Object.entries(outputs)) say(`  ${name} = ${value}`);
  return 0;
}

/** Deploys, runs the suites, and says which tests were skipped and why. */
export async function testOnLocalStack(words: Words): Promise<number> {
  const { target, assembly, instance } = await open(words);
  const started = performance.now();
  const { deployed } = await deployApp(target, { assembly }, say);
  say(`localstack: deploy ${((performance.now() - started) / 1000).toFixed(1)} s, ${instance.endpoint}`);
  return runSuites(words, deployed, childEnvironment(instance));
}
