// The LocalStack target: deploys the assembly with the CDK CLI, then completes what the community edition skips without a word.

import { readFileSync } from "node:fs";
import { reachable } from "../cloud/reachable-url.ts";
import { readAssembly, type StackArtifact } from "./assembly.ts";
import { cdk, type CdkEnvironment } from "./cdk-cli.ts";
import { complete, emptyBuckets } from "./localstack-completion.ts";
import { sdkCaller, type ApiCall } from "./sdk-call.ts";
import type { DeployedStack, Progress, Target } from "./target.ts";
import { watchedIn } from "./watched.ts";

export type LocalStackSettings = {
  readonly endpoint: string;
  readonly region: string;
  readonly project: string;
  readonly assembly: string;
  readonly uniqueId: () => string;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

type Stack = {
  readonly StackId: string;
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
};

const ACCOUNT = "000000000000";

export function localStackTarget(settings: LocalStackSettings): Target {
  const clients = {
    endpoint: settings.endpoint,
    region: settings.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
    disableHostPrefix: true,
    useQueueUrlAsEndpoint: false,
  } as const;
  const call = sdkCaller(settings.project, clients);
  const where: CdkEnvironment = settings;
  const bootstrapped = once(() => cdk(where, ["bootstrap", "--app", settings.assembly]));
  return {
    name: "localstack",
    endpoint: settings.endpoint,
    account: ACCOUNT,
    region: settings.region,
    clients,
    watched: (stackNames) => watchedIn(call, stackNames),
    deploy: async (stack, progress) => {
      await bootstrapped();
      return deploy(settings, call, { stack, progress });
    },
    destroy: async (stackName, progress) => {
      const stack = readAssembly(settings.assembly).find((each) => each.stackName === stackName);
      if (stack !== undefined) await emptyBuckets(contextOf(settings, call, stack), progress);
      await cdk(where, ["destroy", stackName, "--app", settings.assembly, "--force"]);
    },
    outputs: async (stackName) => outputsOf(await describe(call, stackName), settings.endpoint),
    settle: () => Promise.resolve(),
  };
}

/** Resolves when LocalStack has run its init scripts. Throws an Error that says how to start it, or which script failed. */
export async function localStackReady({
  endpoint,
  wait,
}: Pick<LocalStackSettings, "endpoint" | "wait">): Promise<void> {
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
    await wait(500);
  }
  throw new Error(`LocalStack at ${endpoint}: ${last}. Start it with: docker compose up -d --wait`);
}

async function deploy(
  settings: LocalStackSettings,
  call: ApiCall,
  { stack, progress }: { stack: StackArtifact; progress: Progress },
): Promise<DeployedStack> {
  await cdk(settings, ["deploy", stack.id, "--exclusively", "--app", settings.assembly, "--require-approval", "never"]);
  await complete(contextOf(settings, call, stack), progress);
  const deployed = await describe(call, stack.stackName);
  if (deployed === undefined) throw new Error(`LocalStack has no stack ${stack.stackName} after its deployment.`);
  return {
    stackName: stack.stackName,
    stackId: deployed.StackId,
    outputs: outputsOf(deployed, settings.endpoint),
    changed: true,
  };
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

async function describe(call: ApiCall, stackName: string): Promise<Stack | undefined> {
  const { Stacks } = await call("cloudformation", "DescribeStacks", { StackName: stackName });
  return (Stacks as readonly Stack[] | undefined)?.[0];
}

function outputsOf(stack: Stack | undefined, endpoint: string): Record<string, string> {
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, reachable(OutputValue, endpoint)]),
  );
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
