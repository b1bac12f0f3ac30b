// The embedded target: publishes an assembly's assets and deploys its stacks by direct calls, without SDK or CLI.

import { createReadStream, readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { Cloud } from "../cloud/cloud.ts";
import { houseRequest, rootOf } from "../cloud/call.ts";
import { settle } from "../cloud/settle.ts";
import type { World } from "../cloud/world.ts";
import { AwsError } from "../kernel/aws-error.ts";
import type { FileAsset, StackArtifact } from "./assembly.ts";
import { embeddedClients } from "./embedded-clients.ts";
import { publishImage } from "./publish-image.ts";
import type { DeployedStack, Progress, Target } from "./target.ts";
import { zipFolder } from "./zip.ts";

export type Caller = (
  service: string,
  operation: string,
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>>;
type Stack = {
  readonly StackId: string;
  readonly StackStatus: string;
  readonly StackStatusReason?: string;
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
};
type Event = {
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  readonly Timestamp: Date;
};

export const CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];
const GOOD = new Set(["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE"]);

export function embeddedTarget(cloud: Cloud, world: World = cloud.world): Target {
  const call = callerOf(cloud, world, cloud.region);
  return {
    name: "embedded",
    endpoint: cloud.origin,
    account: cloud.account,
    region: cloud.region,
    clients: embeddedClients(cloud.origin, cloud.region),
    watched: () => Promise.resolve({ queues: [], logGroups: [] }),
    deploy: (stack, progress) =>
      deploy(cloud, callerOf(cloud, world, stack.region ?? cloud.region), { stack, progress }),
    diff: async (stack) => (await import("./embedded-diff.ts")).diffStack(cloud, world, stack),
    destroy: (stackName, progress) => destroy(call, stackName, progress),
    outputs: async (stackName) => {
      const stack = await describe(call, stackName);
      return stack === undefined ? undefined : outputsOf(stack);
    },
    settle: () => settle(world.current, 60_000),
  };
}

/** Calls as the account's root, told apart from people's by the agent: polls are held until a stack is stable. */
export function callerOf(cloud: Cloud, world: World, region: string): Caller {
  const caller = rootOf(cloud.account);
  return async (service, operation, input) => {
    // A poll for the end of something would go on for ever, and leave no time for the closing itself.
    if (cloud.closed) throw new Error("The cloud was closed.");
    return cloud.call({
      world: world.current,
      service,
      operation,
      input,
      caller,
      account: cloud.account,
      region,
      request: { ...houseRequest(cloud), userAgent: "hangar aws-cdk" },
    });
  };
}

async function deploy(
  cloud: Cloud,
  call: Caller,
  { stack, progress }: { stack: StackArtifact; progress: Progress },
): Promise<DeployedStack> {
  checkAccount(cloud, stack);
  const fill = fillerOf(cloud, stack);
  const place = { account: cloud.account, region: stack.region ?? cloud.region, fill };
  await Promise.all([
    ...stack.assets.map((asset) => publish(call, asset, fill)),
    ...stack.images.map((image) => publishImage(image, place, progress)),
  ]);
  const existing = await describe(call, stack.stackName);
  const template = templateOf(cloud, stack, fill);
  const request = {
    StackName: stack.stackName,
    ...template,
    Capabilities: CAPABILITIES,
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
  };
  let changed = true;
  if (existing === undefined || existing.StackStatus === "REVIEW_IN_PROGRESS") {
    await call("cloudformation", "CreateStack", {
      ...request,
      EnableTerminationProtection: stack.terminationProtection,
    });
  } else {
    if (existing.StackStatus === "ROLLBACK_COMPLETE" || existing.StackStatus === "CREATE_FAILED") {
      await destroy(call, stack.stackName, progress);
      await call("cloudformation", "CreateStack", request);
    } else changed = await update(call, request);
  }
  const done = await stable(call, stack.stackName);
  if (!GOOD.has(done.StackStatus)) throw new Error(await failure(call, stack.stackName, done));
  return { stackName: stack.stackName, stackId: done.StackId, outputs: outputsOf(done), changed };
}

/** Throws an Error for a stack that its app has bound to another account: its assets would have no bucket here. */
export function checkAccount({ account: ours }: Cloud, { stackName, account = ours }: StackArtifact): void {
  if (account !== ours)
    throw new Error(
      `The stack ${stackName} is for account ${account}, and this cloud is account ${ours}: set targets.embedded.account in hangar.config.ts, or leave the account out of the stack's env.`,
    );
}

/** Puts the account and region into asset addresses. */
export function fillerOf(cloud: Cloud, stack: StackArtifact): (text: string) => string {
  const region = stack.region ?? cloud.region;
  return (text) =>
    text
      .replaceAll("${AWS::AccountId}", cloud.account)
      .replaceAll("${AWS::Region}", region)
      .replaceAll("${AWS::Partition}", "aws");
}

/** False when there is nothing to update. */
async function update(call: Caller, request: Record<string, unknown>): Promise<boolean> {
  try {
    await call("cloudformation", "UpdateStack", request);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.message.startsWith("No updates are to be performed")) return false;
    throw error;
  }
}

async function destroy(call: Caller, stackName: string, progress: Progress): Promise<void> {
  const stack = await describe(call, stackName);
  if (stack === undefined) return progress(`${stackName}: there is no such stack`);
  await call("cloudformation", "DeleteStack", { StackName: stackName });
  const done = await stable(call, stack.StackId);
  if (done.StackStatus !== "DELETE_COMPLETE") throw new Error(await failure(call, stack.StackId, done));
}

export function templateOf(cloud: Cloud, stack: StackArtifact, fill: (text: string) => string): Record<string, string> {
  const asset = stack.assets.find((each) => each.path === stack.templatePath);
  if (asset === undefined) return { TemplateBody: readFileSync(stack.templatePath, "utf8") };
  return { TemplateURL: `${cloud.origin}/${fill(asset.bucket)}/${fill(asset.key)}` };
}

export async function publish(call: Caller, asset: FileAsset, fill: (text: string) => string): Promise<void> {
  const where = { Bucket: fill(asset.bucket), Key: fill(asset.key) };
  // Keys are hashes of the content: what is there is the same.
  const { KeyCount } = await call("s3", "ListObjectsV2", { Bucket: where.Bucket, Prefix: where.Key, MaxKeys: 1 });
  if (KeyCount === 1) return;
  if (asset.packaging === "zip" && (await stat(asset.path)).isDirectory()) {
    const bytes = zipFolder(asset.path);
    await call("s3", "PutObject", {
      ...where,
      Body: once(bytes),
      ContentLength: bytes.length,
      ContentType: "application/zip",
    });
    return;
  }
  await call("s3", "PutObject", {
    ...where,
    Body: createReadStream(asset.path),
    ContentLength: (await stat(asset.path)).size,
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export async function describe(call: Caller, stackName: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await call("cloudformation", "DescribeStacks", { StackName: stackName });
    return (Stacks as readonly Stack[])[0];
  } catch (error) {
    if (error instanceof AwsError && error.message.includes("does not exist")) return undefined;
    throw error;
  }
}

/** DescribeStacks is held until the stack is stable, so this seldom asks twice. */
async function stable(call: Caller, stackName: string): Promise<Stack> {
  for (;;) {
    const stack = await describe(call, stackName);
    if (stack === undefined) throw new Error(`Stack ${stackName} is gone.`);
    if (!stack.StackStatus.endsWith("_IN_PROGRESS")) return stack;
  }
}

function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

async function failure(call: Caller, stackName: string, stack: Stack): Promise<string> {
  const failed: Event[] = [];
  let NextToken: unknown;
  do {
    const page = await call("cloudformation", "DescribeStackEvents", { StackName: stackName, NextToken });
    failed.unshift(...(page["StackEvents"] as readonly Event[]).filter(hasFailed).toReversed());
    NextToken = page["NextToken"];
  } while (NextToken !== undefined);
  const lines = failed.map(
    (event) =>
      `  ${event.LogicalResourceId} (${event.ResourceType}): ${event.ResourceStatusReason ?? event.ResourceStatus}`,
  );
  return [
    `${stackName}: ${stack.StackStatus}${stack.StackStatusReason === undefined ? "" : ` (${stack.StackStatusReason})`}`,
    ...lines,
  ].join("\n");
}

function hasFailed(event: Event): boolean {
  return event.ResourceStatus.endsWith("_FAILED");
}
