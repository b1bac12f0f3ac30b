// The LocalStack target: deploys the assembly with the CDK CLI, then completes what the community edition skips without a word.

import { readFileSync } from "node:fs";
import { reachable } from "../cloud/reachable-url.ts";
import { hostTime } from "../kernel/host-time.ts";
import { readAssembly, selected, type StackArtifact } from "./assembly.ts";
import { foreignStacks, refusal } from "./aws-guard.ts";
import { cdk, cdkDeploy, cdkDiff, type CdkRun } from "./cdk-cli.ts";
import { describedStack } from "./described-stack.ts";
import { complete, emptyBuckets } from "./localstack-completion.ts";
import { settlePolling } from "./polled-settle.ts";
import type { Promotable, Session } from "./promotable.ts";
import { sdkCaller, type ApiCall } from "./sdk-call.ts";
import type { ClientSettings } from "./target.ts";
import { watchedIn } from "./watched.ts";

export type LocalStackSettings = {
  readonly endpoint: string;
  readonly region: string;
  readonly project: string;
  readonly assembly: string;
  readonly uniqueId: () => string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

const ACCOUNT = "000000000000";

export function localStackTarget(settings: LocalStackSettings): Promotable {
  const { endpoint, region, project, assembly, environment } = settings;
  const clients: ClientSettings = {
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
    disableHostPrefix: true,
    useQueueUrlAsEndpoint: false,
  };
  const call = sdkCaller(project, clients);
  const run: CdkRun = { project, assembly, home: `localstack-${new URL(endpoint).port}`, environment };
  const bootstrapped = once(() => bootstrap(settings, run));
  const outputs = async (stackName: string): Promise<Record<string, string> | undefined> => {
    const stack = await describedStack(call, stackName);
    return stack && withReachable(stack.outputs, endpoint);
  };
  const watched = (stackNames: readonly string[]) => watchedIn(call, stackNames);
  const session = async (): Promise<Session> => {
    await bootstrapped();
    return { call, run };
  };
  const finish: Promotable["finish"] = async (stack, opened, progress) => {
    await complete(contextOf(settings, opened.call, stack), progress);
    const deployed = await describedStack(opened.call, stack.stackName);
    if (deployed === undefined) throw new Error(`LocalStack has no stack ${stack.stackName} after its deployment.`);
    const { stackId, outputs: given } = deployed;
    return { stackName: stack.stackName, stackId, outputs: withReachable(given, endpoint) };
  };
  return {
    name: "localstack",
    endpoint,
    account: ACCOUNT,
    region,
    clients,
    session,
    finish,
    deploy: async (stack, progress) => {
      const opened = await session();
      const changed = await cdkDeploy(opened.run, stack);
      return { ...(await finish(stack, opened, progress)), changed };
    },
    diff: async (stack) => {
      await bootstrapped();
      return cdkDiff(run, stack);
    },
    destroy: async (stackName, progress) => {
      const [stack] = selected(readAssembly(assembly), [stackName]) as [StackArtifact];
      if ((await describedStack(call, stackName)) === undefined)
        return progress(`${stackName}: there is no such stack`);
      await emptyBuckets(contextOf(settings, call, stack), progress);
      await cdk(run, ["destroy", stack.path, "--exclusively", "--force"]);
    },
    outputs,
    watched,
    settle: async (stackNames) =>
      settlePolling({ target: "localstack", watched: await watched(stackNames), call, host: hostTime }, {}),
  };
}

/** Throws an Error where a stack is bound to another place: it has one account and, for us, one region. */
async function bootstrap({ region, assembly }: LocalStackSettings, run: CdkRun): Promise<void> {
  const place = { account: ACCOUNT, region };
  const foreign = foreignStacks(place, readAssembly(assembly));
  if (foreign.length > 0) throw refusal(place, foreign, "LocalStack is");
  await cdk(run, ["bootstrap"]);
}

/** Resolves when LocalStack has run its init scripts. Throws an Error that says how to start it, or which script failed. */
export async function localStackReady(endpoint: string): Promise<void> {
  let last = "no answer";
  for (let tries = 0; tries < 120; tries += 1) {
    try {
      const response = await fetch(`${endpoint}/_localstack/init/ready`);
      const state = (await response.json()) as {
        completed?: boolean;
        scripts?: readonly { readonly name?: string; readonly state?: string }[];
      };
      const failed = (state.scripts ?? []).filter((script) => script.state === "ERROR");
      if (failed.length > 0)
        throw new TypeError(`LocalStack's init scripts failed: ${failed.map((script) => script.name).join(", ")}`);
      if (state.completed === true) return;
      last = "its init scripts still run";
    } catch (error) {
      if (error instanceof TypeError && error.message.startsWith("LocalStack's init")) throw error;
      if (tries >= 3 && last === "no answer") break;
    }
    await hostTime.wait(500);
  }
  throw new Error(`LocalStack at ${endpoint}: ${last}. Start it with: docker compose up -d --wait`);
}

function contextOf(settings: LocalStackSettings, call: ApiCall, stack: StackArtifact): Parameters<typeof complete>[0] {
  const template = JSON.parse(readFileSync(stack.templatePath, "utf8")) as Parameters<typeof complete>[0]["template"];
  return {
    call,
    stackName: stack.stackName,
    template,
    endpoint: settings.endpoint,
    account: ACCOUNT,
    region: stack.region ?? settings.region,
    uniqueId: settings.uniqueId,
  };
}

function withReachable(outputs: Readonly<Record<string, string>>, endpoint: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, atPort(reachable(value, endpoint), endpoint)]),
  );
}

/** LocalStack names its own port in its containers' network, whatever port of the host leads to it. */
function atPort(text: string, endpoint: string): string {
  return text.replaceAll("localhost.localstack.cloud:4566", `localhost.localstack.cloud:${new URL(endpoint).port}`);
}

function once<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => (running ??= run());
}
