// The log group that an operation's name, identifier or ARN means.

import { parseArn } from "../../../kernel/arn.ts";
import { invalidParameter, validationException } from "../errors.ts";

/** `logGroupName` or `logGroupIdentifier` (a name or an ARN): exactly one of them. */
export function groupNameOf(input: {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}): string {
  const { logGroupName, logGroupIdentifier } = input;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw validationException("LogGroup name and LogGroup ARN are mutually exclusive parameters.");
  }
  const given = logGroupName ?? logGroupIdentifier;
  if (given === undefined) throw validationException("Either LogGroup name or LogGroup ARN must be specified.");
  return groupNameOfIdentifier(given);
}

export function groupNameOfIdentifier(identifier: string): string {
  const arn = parseArn(identifier);
  return arn === undefined ? identifier : groupNameOfArn(identifier);
}

/** `arn:aws:logs:…:log-group:<name>`, with or without `:*`. */
export function groupNameOfArn(arn: string): string {
  const [kind, name] = (parseArn(arn)?.resource ?? "").split(":");
  if (kind !== "log-group" || name === undefined || name === "") throw invalidParameter(`Invalid ARN: ${arn}`);
  return name;
}
