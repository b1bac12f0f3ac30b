// Every error CloudFormation returns, in AWS's words.

import { AwsError } from "../../kernel/aws-error.ts";

export function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}

/** A constraint that AWS checks and its published model does not have. */
export function constraintBroken(value: string, member: string, constraint: string): AwsError {
  return invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** A template that is not one: wrong syntax or structure. */
export function templateFormat(message: string): AwsError {
  return invalid(`Template format error: ${message}`);
}

/** A template whose functions are used wrongly. */
export function templateError(message: string): AwsError {
  return invalid(`Template error: ${message}`);
}

export function stackMissing(name: string): AwsError {
  return invalid(`Stack with id ${name} does not exist`);
}

/** The words of the operations on change sets and templates. */
export function bracketedStackMissing(name: string): AwsError {
  return invalid(`Stack [${name}] does not exist`);
}

/** The words of DescribeStackResource. */
export function quotedStackMissing(name: string): AwsError {
  return invalid(`Stack '${name}' does not exist`);
}

export function stackExists(name: string): AwsError {
  return new AwsError("AlreadyExistsException", `Stack [${name}] already exists`);
}

export function notUpdatable(stackId: string, status: string): AwsError {
  return invalid(`Stack:${stackId} is in ${status} state and can not be updated.`);
}

export function noUpdates(): AwsError {
  return invalid("No updates are to be performed.");
}

export function changeSetMissing(name: string): AwsError {
  return new AwsError("ChangeSetNotFound", `ChangeSet [${name}] does not exist`, { status: 404 });
}

export function changeSetExists(name: string): AwsError {
  return new AwsError("AlreadyExistsException", `ChangeSet [${name}] already exists`);
}

export function changeSetStatus(message: string): AwsError {
  return new AwsError("InvalidChangeSetStatus", message);
}

export function missingCapabilities(capabilities: readonly string[]): AwsError {
  return new AwsError("InsufficientCapabilitiesException", `Requires capabilities : [${capabilities.join(", ")}]`);
}

/** What AWS finds when it has answered the call already: a change set fails with it. */
class LateRefusal extends AwsError {}

export function late(error: AwsError): AwsError {
  return new LateRefusal(error.code, error.message, error);
}

export function isLate(error: unknown): boolean {
  return error instanceof LateRefusal;
}

export function transformFailed(name: string, message: string): AwsError {
  return invalid(`Transform ${name} failed with: ${message}`);
}

export function typeMissing(message: string): AwsError {
  return new AwsError("TypeNotFoundException", message, { status: 404 });
}

export function hookResultMissing(): AwsError {
  return new AwsError("HookResultNotFound", "The specified target doesn't have any requested Hook invocations.", {
    status: 404,
  });
}
