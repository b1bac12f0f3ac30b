// The target that --target names, with this folder's app synthesised for it.

import { resolve } from "node:path";
import { expectedOf } from "../targets/aws-guard.ts";
import { embeddedClients } from "../targets/embedded-clients.ts";
import type { StackDiff, Target } from "../targets/target.ts";
import { appOptions, synthFor } from "./app.ts";
import { sayAside, text, UsageError, type Words } from "./command.ts";
import { ask, childEnvironment, runningInstance, type Instance } from "./instance.ts";
import { openRemote, type OpenedRemote, type OpenedTarget } from "./remote-target.ts";

export const targetOptions = {
  ...appOptions,
  target: { type: "string", says: "embedded, localstack or aws (embedded)" },
  account: { type: "string", says: "aws: the account that it may write to, and no other" },
  region: { type: "string", says: "aws: the region that it may write to; localstack: us-east-1 when absent" },
  "endpoint-url": { type: "string", says: "aws: an endpoint of your own, such as a VPC's; localstack: where it is" },
} as const;

/** Undefined for the embedded target. Throws a UsageError for a name that is none. */
export function remoteNameIn(words: Words): "localstack" | "aws" | undefined {
  const name = text(words, "target") ?? "embedded";
  if (name === "embedded") {
    const stray = ["account", "region", "endpoint-url"].find((each) => text(words, each) !== undefined);
    if (stray !== undefined) throw new UsageError(`--${stray} needs --target aws or localstack.`);
    return undefined;
  }
  if (name === "localstack" || name === "aws") return name;
  throw new UsageError(`There is no target "${name}": embedded, localstack and aws are.`);
}

/** The embedded target is the running instance. */
export async function openTarget(words: Words): Promise<OpenedTarget> {
  const remote = remoteNameIn(words);
  if (remote !== undefined) return openRemoteFor(words, remote);
  const instance = runningInstance();
  const assembly = await synthFor(instance, words);
  return { target: instanceTarget(instance, assembly), assembly, environment: childEnvironment(instance) };
}

export function openRemoteFor(words: Words, target: "localstack" | "aws"): Promise<OpenedRemote> {
  const settings = {
    target,
    project: process.cwd(),
    app: text(words, "app"),
    output: resolve(text(words, "output") ?? "cdk.out"),
    account: text(words, "account"),
    region: text(words, "region"),
    endpoint: text(words, "endpoint-url"),
  };
  if (target === "aws") asUsage(() => expectedOf(settings));
  return openRemote(settings, sayAside);
}

function asUsage(check: () => unknown): void {
  try {
    check();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

type Deployed = { readonly stacks: readonly [Awaited<ReturnType<Target["deploy"]>>] };
type Compared = { readonly stacks: readonly [StackDiff] };
type Described = {
  readonly Stacks: readonly {
    readonly StackName: string;
    readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
  }[];
};

/** A cloud in another process, steered over its own paths. */
export function instanceTarget(instance: Instance, assembly: string): Target {
  const { endpoint, account, region } = instance;
  return {
    name: "embedded",
    endpoint,
    account,
    region,
    clients: embeddedClients(endpoint, region),
    deploy: async ({ stackName }) => {
      const body = { assembly, stacks: [stackName] };
      return ((await ask(instance, "/_hangar/deploy", body)) as Deployed).stacks[0];
    },
    diff: async ({ stackName }) => {
      const body = { assembly, stacks: [stackName] };
      return ((await ask(instance, "/_hangar/diff", body)) as Compared).stacks[0];
    },
    destroy: async (stackName) => void (await ask(instance, "/_hangar/destroy", { stackName })),
    outputs: async (stackName) => {
      const body = { service: "cloudformation", operation: "DescribeStacks", input: {} };
      const { Stacks } = (await ask(instance, "/_hangar/call", body)) as Described;
      const stack = Stacks.find(({ StackName }) => StackName === stackName);
      return (
        stack && Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]))
      );
    },
    watched: () => Promise.resolve({ queues: [], logGroups: [] }),
    settle: async () => void (await ask(instance, "/_hangar/settle", {})),
  };
}
