// Finds stacks and change sets by whatever name a request uses.

import type { Context } from "../../../cloud/operation.ts";
import { bracketedStackMissing, changeSetMissing, constraintBroken, invalid, stackMissing } from "../errors.ts";
import { within, type ChangeSet, type Resource, type Stack, type Tables } from "../store.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";

type Here = Pick<Context<Tables>, "store">;

const NAME = "[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*";
const LONGEST_NAME = 128;

/** Throws for what cannot name a new stack. */
export function checkStackName(name: string): void {
  if (!new RegExp(`^(?:${NAME})$`).test(name))
    throw constraintBroken(name, "stackName", `satisfy regular expression pattern: ${NAME}`);
  if (!name.startsWith("arn:") && name.length > LONGEST_NAME)
    throw constraintBroken(name, "stackName", `have length less than or equal to ${LONGEST_NAME}`);
}

/** By name among those that are not deleted; by id also among those that are. */
export function findStack(name: string, { store }: Here): Stack | undefined {
  return store.stacks.get(name.startsWith("arn:") ? name : (store.names.get(name) ?? ""));
}

export function stackNamed(
  name: string | undefined,
  context: Here,
  missing: (name: string) => AwsError = stackMissing,
): Stack {
  const stack = name === undefined ? undefined : findStack(name, context);
  if (stack === undefined) throw missing(name ?? "");
  return stack;
}

export function requiredStack(name: string | undefined, context: Here): Stack {
  if (name === undefined || name === "") throw invalid("StackName is required if ChangeSetName is not specified.");
  return stackNamed(name, context);
}

type Named = { readonly ChangeSetName?: string | undefined; readonly StackName?: string | undefined };

export function findChangeSet(
  input: Named,
  context: Here,
  unnamed = "StackName must be specified if ChangeSetName is not specified as an ARN.",
): ChangeSet | undefined {
  const name = input.ChangeSetName ?? "";
  if (name.startsWith("arn:")) return context.store.changeSets.get(name);
  if (input.StackName === undefined) throw invalid(unnamed);
  const stack = stackNamed(input.StackName, context, bracketedStackMissing);
  const named = [...context.store.changeSets.rows()]
    .filter((row) => row.stackId === stack.id && row.name === name)
    .toSorted((left, right) => right.created - left.created);
  return named.find(isLive) ?? named[0];
}

/** One that was carried out, or overtaken by another, can still be described but takes no name. */
export function isLive(changeSet: ChangeSet): boolean {
  return changeSet.executionStatus !== "EXECUTE_COMPLETE" && changeSet.executionStatus !== "OBSOLETE";
}

export function changeSetNamed(input: Named, context: Here, unnamed?: string): ChangeSet {
  const found = findChangeSet(input, context, unnamed);
  if (found === undefined) throw changeSetMissing(input.ChangeSetName ?? "");
  return found;
}

export function changeSetsOf(stackId: string, { store }: Here): ChangeSet[] {
  return [...store.changeSets.rows()].filter((row) => row.stackId === stackId);
}

export function rowsOf(stackId: string, { store }: Here): Resource[] {
  return [...store.resources.rows({ prefix: within(stackId) })];
}
