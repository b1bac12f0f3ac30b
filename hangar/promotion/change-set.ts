// CloudFormation's change sets: made by the CDK CLI from the assembly, read as CloudFormation answers, executed or thrown away.

import type { StackArtifact } from "../targets/assembly.ts";
import { cdk } from "../targets/cdk-cli.ts";
import type { Session } from "../targets/promotable.ts";

export type ResourceChange = {
  readonly Action: "Add" | "Modify" | "Remove" | "Import" | "Dynamic";
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly Replacement?: "True" | "False" | "Conditional";
  readonly PolicyAction?: string;
  readonly Details?: readonly {
    readonly Target?: { readonly Attribute?: string; readonly Name?: string; readonly RequiresRecreation?: string };
  }[];
  /** Of a nested stack. */
  readonly ChangeSetId?: string;
};

export type ChangeSet = {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  /** The stack is there already, with resources in it. */
  readonly update: boolean;
  /** Those of nested stacks too: `Parent/LogicalId`. */
  readonly changes: readonly ResourceChange[];
};

type Description = {
  readonly ChangeSetId: string;
  readonly StackId: string;
  readonly Status: string;
  readonly StatusReason?: string;
  readonly ExecutionStatus: string;
  readonly Changes?: readonly { readonly ResourceChange?: ResourceChange }[];
  readonly NextToken?: string;
};

/** Publishes the stack's assets and makes a change set of it; undefined where there is nothing to change. */
export async function prepare(
  { call, run }: Session,
  stack: StackArtifact,
  name: string,
): Promise<ChangeSet | undefined> {
  const how = ["--method", "prepare-change-set", "--change-set-name", name, "--require-approval", "never"];
  await cdk(run, ["deploy", stack.path, "--exclusively", ...how]);
  const key = { StackName: stack.stackName, ChangeSetName: name };
  const made = await described({ call, run }, key);
  if (made === undefined) return undefined;
  if (made.Status === "FAILED" && NO_CHANGES.test(made.StatusReason ?? "")) {
    await call("cloudformation", "DeleteChangeSet", key);
    return undefined;
  }
  const changes = await changesIn({ call, run }, { key, above: "" });
  // Only now: a stack that never came up is taken away for the change set, and is a new one.
  const update = (await statusOf({ call, run }, stack.stackName)) !== "REVIEW_IN_PROGRESS";
  return { id: made.ChangeSetId, name, stackId: made.StackId, update, changes };
}

const NO_CHANGES = /^(The submitted information didn't contain changes|No updates are to be performed)/;

/** Throws an Error where the change set that was shown is no longer the one that would run. */
export async function sameAsShown(session: Session, stack: StackArtifact, shown: ChangeSet): Promise<void> {
  const now = await described(session, { StackName: stack.stackName, ChangeSetName: shown.name });
  if (now?.ChangeSetId !== shown.id || now.ExecutionStatus !== "AVAILABLE")
    throw new Error(
      `The change set of ${stack.stackName} that was shown is ${now === undefined ? "gone" : now.ChangeSetId === shown.id ? now.ExecutionStatus : "replaced by another"}: nothing of it was run. Promote again.`,
    );
}

export async function execute({ run }: Session, stack: StackArtifact, shown: ChangeSet): Promise<void> {
  const how = ["--method", "execute-change-set", "--change-set-name", shown.name, "--require-approval", "never"];
  await cdk(run, ["deploy", stack.path, "--exclusively", ...how]);
}

/** And the empty stack that CloudFormation made for it. */
export async function discard(
  session: Session,
  { stackName }: StackArtifact,
  { id, update }: ChangeSet,
): Promise<void> {
  await session.call("cloudformation", "DeleteChangeSet", { StackName: stackName, ChangeSetName: id });
  if (!update) await session.call("cloudformation", "DeleteStack", { StackName: stackName });
}

/** Undefined where there is no such stack. */
async function statusOf({ call }: Session, stackName: string): Promise<string | undefined> {
  try {
    const { Stacks } = await call("cloudformation", "DescribeStacks", { StackName: stackName });
    return (Stacks as readonly { readonly StackStatus: string }[])[0]?.StackStatus;
  } catch (error) {
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    throw error;
  }
}

type Key = { readonly ChangeSetName: string; readonly StackName?: string; readonly NextToken?: string };

async function described({ call }: Session, key: Key): Promise<Description | undefined> {
  try {
    return (await call("cloudformation", "DescribeChangeSet", { ...key })) as unknown as Description;
  } catch (error) {
    // With a stack that never was, there is no change set of it either.
    if (error instanceof Error && error.name.startsWith("ChangeSetNotFound")) return undefined;
    if (error instanceof Error && error.message.includes("does not exist")) return undefined;
    throw error;
  }
}

async function changesIn(
  session: Session,
  { key, above }: { readonly key: Key; readonly above: string },
): Promise<readonly ResourceChange[]> {
  const changes: ResourceChange[] = [];
  for (let page = await described(session, key); page !== undefined;) {
    for (const { ResourceChange: change } of page.Changes ?? []) {
      if (change === undefined) continue;
      const path = `${above}${change.LogicalResourceId}`;
      changes.push({ ...change, LogicalResourceId: path });
      if (change.ChangeSetId !== undefined)
        changes.push(...(await changesIn(session, { key: { ChangeSetName: change.ChangeSetId }, above: `${path}/` })));
    }
    page = page.NextToken === undefined ? undefined : await described(session, { ...key, NextToken: page.NextToken });
  }
  return changes;
}
