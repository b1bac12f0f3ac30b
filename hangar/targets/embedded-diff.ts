// What a deployment would change: a true change set, made and thrown away.

import type { Cloud } from "../cloud/cloud.ts";
import type { World } from "../cloud/world.ts";
import type { StackArtifact } from "./assembly.ts";
import type { StackDiff } from "./target.ts";
import { callerOf, CAPABILITIES, checkAccount, describe, fillerOf, publish, templateOf } from "./embedded.ts";

export type Change = {
  readonly action: string;
  readonly logicalId: string;
  readonly type: string;
  readonly replacement: string | undefined;
};

type ChangeSet = {
  readonly Status: string;
  readonly StatusReason?: string;
  readonly Changes?: readonly {
    readonly ResourceChange: {
      readonly Action: string;
      readonly LogicalResourceId: string;
      readonly ResourceType: string;
      readonly Replacement?: string;
    };
  }[];
};

const NAME = "hangar-diff";

export async function diffStack(
  cloud: Cloud,
  world: World,
  stack: StackArtifact,
): Promise<StackDiff & { readonly changes: readonly Change[] }> {
  const call = callerOf(cloud, world, stack.region ?? cloud.region);
  checkAccount(cloud, stack);
  const fill = fillerOf(cloud, stack);
  const template = stack.assets.find((asset) => asset.path === stack.templatePath);
  if (template !== undefined) await publish(call, template, fill);
  const existing = await describe(call, stack.stackName);
  const creating = existing === undefined || existing.StackStatus === "REVIEW_IN_PROGRESS";
  await call("cloudformation", "CreateChangeSet", {
    StackName: stack.stackName,
    ChangeSetName: NAME,
    ChangeSetType: creating ? "CREATE" : "UPDATE",
    Capabilities: CAPABILITIES,
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    ...templateOf(cloud, stack, fill),
  });
  try {
    const set = (await call("cloudformation", "DescribeChangeSet", {
      StackName: stack.stackName,
      ChangeSetName: NAME,
    })) as unknown as ChangeSet;
    const unchanged = set.StatusReason?.startsWith("The submitted information didn't contain changes") === true;
    if (set.Status === "FAILED" && !unchanged) throw new Error(set.StatusReason ?? "The change set failed.");
    const changes = (set.Changes ?? []).map(({ ResourceChange: each }) => ({
      action: each.Action,
      logicalId: each.LogicalResourceId,
      type: each.ResourceType,
      replacement: each.Replacement,
    }));
    const lines = changes.map(
      ({ action, logicalId, type, replacement }) =>
        `  ${action.padEnd(7)} ${logicalId} (${type})${replacement === "True" ? " REPLACED" : ""}`,
    );
    return { stackName: stack.stackName, changed: changes.length > 0, lines, changes };
  } finally {
    await call("cloudformation", "DeleteChangeSet", { StackName: stack.stackName, ChangeSetName: NAME });
    if (existing === undefined) await call("cloudformation", "DeleteStack", { StackName: stack.stackName });
  }
}
