// Works out a change set: what would change, or why it cannot be.

import type { Caller, Context } from "../../../cloud/operation.ts";
import { formatArn } from "../../../kernel/arn.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { CreateChangeSetInput } from "../../../models/cloudformation.d.ts";
import { invalid, isLate } from "../errors.ts";
import type { PlainObject } from "../rules/template.ts";
import type { ChangeSet, Import, Stack, StackTarget, Tables } from "../store.ts";
import { callerOfRole, draft, type Draft } from "./draft.ts";
import { liveResources, type Live } from "./live-resources.ts";
import { nothingToDo } from "./plan.ts";

const NOTHING =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

type For = { readonly stackId: string; readonly known: Stack | undefined; readonly type: string };

export async function makeChangeSet(
  input: CreateChangeSetInput,
  { stackId, known, type }: For,
  context: Context<Tables>,
): Promise<ChangeSet> {
  const stack = known === undefined || known.status === "REVIEW_IN_PROGRESS" ? undefined : known;
  const imports = importsOf(input);
  const reverting = input.DeploymentMode === "REVERT_DRIFT" && stack !== undefined;
  const live = reverting
    ? await liveResources(stack, callerOf(input.RoleARN ?? stack.roleArn, context), context)
    : undefined;
  if (type === "IMPORT" && imports.length === 0)
    throw invalid("ResourcesToImport must be specified for change sets of type IMPORT.");
  const drafted = await draftOrRefusal(
    input,
    { stackId, stackName: known?.name ?? input.StackName, stack, imports, live: live?.resources },
    context,
  );
  const failure = drafted instanceof AwsError ? drafted.message : failureOf(drafted, { stack, imports });
  const target = drafted instanceof AwsError ? NO_TARGET : drafted.target;
  return {
    id: formatArn({
      service: "cloudformation",
      region: context.region,
      account: context.account,
      resource: `changeSet/${input.ChangeSetName}/${context.ids.uuid()}`,
    }),
    name: input.ChangeSetName,
    stackId,
    stackName: known?.name ?? input.StackName,
    type,
    status: failure === undefined ? "CREATE_COMPLETE" : "FAILED",
    ...(failure === undefined ? {} : { statusReason: failure }),
    executionStatus: failure === undefined ? "AVAILABLE" : "UNAVAILABLE",
    created: context.clock.now(),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    target,
    changes: drafted instanceof AwsError || failure === NOTHING ? [] : withDrift(drafted.plan.changes, live),
    ...(input.DeploymentMode === undefined ? {} : { deploymentMode: input.DeploymentMode }),
    ...(live === undefined ? {} : { driftStatus: stackStatus(live) }),
    includeNestedStacks: input.IncludeNestedStacks ?? false,
    ...(input.ImportExistingResources === true ? { importExistingResources: true } : {}),
    ...(input.OnStackFailure === undefined ? {} : { onStackFailure: input.OnStackFailure }),
    imports,
    ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
  };
}

const NO_TARGET: StackTarget = {
  templateText: "",
  parameters: [],
  tags: [],
  capabilities: [],
  notificationArns: [],
  rollbackConfiguration: {},
  disableRollback: false,
};

/** What Hangar does not emulate, and what comes of macros, is a change set that failed; what AWS refuses is refused. */
async function draftOrRefusal(
  input: CreateChangeSetInput,
  drafting: Parameters<typeof draft>[1],
  context: Context<Tables>,
): Promise<Draft | AwsError> {
  try {
    return await draft(input as Parameters<typeof draft>[0], { ...drafting, reviewed: true }, context);
  } catch (error) {
    if (error instanceof AwsError && (error.code === "NotEmulated" || isLate(error))) return error;
    throw error;
  }
}

function callerOf(roleArn: string | undefined, context: Context<Tables>): Caller {
  return roleArn === undefined ? context.caller : callerOfRole(roleArn, context);
}

function withDrift(changes: readonly PlainObject[], live: Live | undefined): readonly PlainObject[] {
  if (live === undefined) return changes;
  return changes.map((change) => {
    const status = live.statuses.get(String(change["LogicalResourceId"]));
    return status === undefined ? change : { ...change, ResourceDriftStatus: status };
  });
}

function stackStatus(live: Live): string {
  const drifted = [...live.statuses.values()].some((status) => status === "MODIFIED" || status === "DELETED");
  return drifted ? "DRIFTED" : "IN_SYNC";
}

function failureOf(
  drafted: Draft,
  { stack, imports }: { readonly stack: Stack | undefined; readonly imports: readonly Import[] },
): string | undefined {
  if (drafted.plan.problems.length > 0) return drafted.plan.problems.join(" ");
  if (imports.length === 0 && nothingToDo(drafted.plan, { stack, tags: drafted.target.tags })) return NOTHING;
  return undefined;
}

function importsOf(input: CreateChangeSetInput): Import[] {
  return (input.ResourcesToImport ?? []).map((item) => ({
    logicalId: item.LogicalResourceId,
    type: item.ResourceType,
    identifier: item.ResourceIdentifier,
  }));
}
