// Takes a request on a stack and starts the work: for the API and for nested stacks alike.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { formatArn } from "../../../kernel/arn.ts";
import { invalid, notUpdatable, stackMissing } from "../errors.ts";
import type { GivenParameter } from "../rules/parameters.ts";
import {
  within,
  type Deployment,
  type Resource,
  type Stack,
  type StackTarget,
  type Tables,
  type Tag,
} from "../store.ts";
import { begin } from "./begin.ts";
import { draft, refuseProblems, type Draft, type DraftInput } from "./draft.ts";
import { inProgress } from "./hold.ts";
import { nothingToDo } from "./plan.ts";
import { importersOf } from "./outputs.ts";
import { setStack } from "./record.ts";

/** States in which a stack can be updated. */
const UPDATABLE = [
  "CREATE_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_ROLLBACK_COMPLETE",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_COMPLETE",
  "UPDATE_FAILED",
  "CREATE_FAILED",
];

export function checkUpdatable(stack: Stack): void {
  if (!UPDATABLE.includes(stack.status) || (stack.status === "CREATE_FAILED" && !stack.disableRollback))
    throw notUpdatable(stack.id, stack.status);
}

export function newStackId(name: string, context: Context<Tables>): string {
  return formatArn({
    service: "cloudformation",
    region: context.region,
    account: context.account,
    resource: `stack/${name}/${context.ids.uuid()}`,
  });
}

export type NewStack = {
  readonly id: string;
  readonly name: string;
  readonly target: StackTarget;
  readonly description?: string | undefined;
  readonly terminationProtection?: boolean | undefined;
  readonly timeoutInMinutes?: number | undefined;
  readonly parentId?: string | undefined;
  readonly rootId?: string | undefined;
  readonly policy?: string | undefined;
};

/** A stack's first row; its status comes with the operation that follows. */
export function addStack(facts: NewStack, context: Context<Tables>): Stack {
  const { target, terminationProtection, ...rest } = facts;
  const stack: Stack = {
    ...target,
    ...rest,
    status: "",
    created: context.clock.now(),
    outputs: [],
    terminationProtection: terminationProtection ?? false,
  };
  context.store.stacks.put(stack.id, stack);
  context.store.names.put(stack.name, stack.id);
  return stack;
}

type Submission = {
  readonly source: DraftInput;
  readonly given: readonly GivenParameter[];
  readonly tags: readonly Tag[];
  readonly caller: Caller;
  readonly notificationArns: readonly string[];
  readonly capabilities: readonly string[];
};

function inputOf(submission: Submission): DraftInput {
  return {
    ...submission.source,
    Parameters: submission.given,
    Tags: submission.tags,
    NotificationARNs: submission.notificationArns,
    Capabilities: submission.capabilities,
  };
}

/** Makes a nested stack; answers its id. */
export async function submitNew(
  submission: Submission & {
    readonly name: string;
    readonly parent: { readonly deploymentId: string; readonly stack: Stack };
    readonly timeoutInMinutes?: number | undefined;
  },
  context: Context<Tables>,
): Promise<string> {
  const { parent, name, caller } = submission;
  const id = newStackId(name, context);
  const drafted = await draft(inputOf(submission), { stackId: id, stackName: name, stack: undefined, caller }, context);
  refuseProblems(drafted.plan);
  const stack = addStack(
    {
      id,
      name,
      target: drafted.target,
      description: drafted.prepared.template.Description,
      parentId: parent.stack.id,
      rootId: parent.stack.rootId ?? parent.stack.id,
    },
    context,
  );
  begin(
    "CREATE",
    {
      stack,
      caller,
      target: drafted.target,
      parent: parent.deploymentId,
      timeoutInMinutes: submission.timeoutInMinutes,
    },
    { prepared: drafted.prepared },
    context,
  );
  return id;
}

/** Updates a nested stack; false when there is nothing to do. */
export async function submitUpdate(
  submission: Submission & { readonly stackId: string; readonly parent: string },
  context: Context<Tables>,
): Promise<boolean> {
  const stack = context.store.stacks.get(submission.stackId);
  if (stack === undefined) throw stackMissing(submission.stackId);
  const drafted = await draft(
    inputOf(submission),
    { stackId: stack.id, stackName: stack.name, stack, caller: submission.caller },
    context,
  );
  refuseProblems(drafted.plan);
  if (nothingToDo(drafted.plan, { stack, tags: drafted.target.tags })) return false;
  beginUpdate(stack, drafted, { parent: submission.parent }, context);
  return true;
}

export function beginUpdate(
  stack: Stack,
  drafted: Pick<Draft, "target" | "prepared" | "caller">,
  options: {
    readonly token?: string | undefined;
    readonly parent?: string | undefined;
    readonly retainExceptOnCreate?: boolean | undefined;
    readonly policy?: string | undefined;
  },
  context: Context<Tables>,
): Deployment {
  return begin(
    "UPDATE",
    { stack, caller: drafted.caller, target: drafted.target, ...options },
    { prepared: drafted.prepared },
    context,
  );
}

export type Removal = {
  readonly stackId: string;
  readonly caller: Caller;
  readonly retain: readonly string[];
  readonly token?: string | undefined;
  readonly parent?: string | undefined;
};

/** Starts a stack's deletion; false when it is gone already. */
export function removeStack(removal: Removal, context: Context<Tables>): boolean {
  const stack = context.store.stacks.get(removal.stackId);
  if (stack === undefined || stack.status === "DELETE_COMPLETE") return false;
  if (stack.status === "DELETE_IN_PROGRESS") return true;
  if (inProgress(stack.status)) return abandon(stack, removal, context);
  const used = stack.outputs.find(
    (output) =>
      output.exportName !== undefined && importersOf(output.exportName, context).some((user) => user.id !== stack.id),
  );
  if (used?.exportName !== undefined) {
    const users = importersOf(used.exportName, context).map((user) => user.name);
    setStack(
      stack.id,
      {
        status: "DELETE_FAILED",
        statusReason: `Delete canceled. Cannot delete export ${used.exportName} as it is in use by ${users.join(" and ")}.`,
      },
      context,
    );
    return false;
  }
  const resources = [...context.store.resources.rows({ prefix: within(stack.id) })].filter(
    (resource: Resource) => resource.status !== "DELETE_COMPLETE",
  );
  for (const name of removal.retain)
    if (!resources.some((resource) => resource.logicalId === name))
      throw invalid(`Resource [${name}] does not exist in stack [${stack.name}]`);
  begin(
    "DELETE",
    {
      stack,
      caller: removal.caller,
      target: stack,
      retain: removal.retain,
      token: removal.token,
      parent: removal.parent,
    },
    { remove: resources },
    context,
  );
  return true;
}

/** A stack that is still being made goes back instead of on; one that is being changed cannot be deleted. */
function abandon(stack: Stack, removal: Removal, context: Context<Tables>): boolean {
  const deployment = context.store.deployments.get(stack.deploymentId ?? "");
  if (stack.status !== "CREATE_IN_PROGRESS" || deployment === undefined)
    throw invalid(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  context.store.deployments.put(deployment.id, {
    ...deployment,
    cancelled: true,
    onFailure: "DELETE",
    parent: removal.parent ?? deployment.parent,
  });
  context.scheduler.later("cloudformation.execute", { deployment: deployment.id });
  return true;
}
