// What EventBridge answers instead of an output, in its own words.

import { AwsError } from "../../kernel/aws-error.ts";

export const busNotFound = (name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Event bus ${name} does not exist.`);

export const busExists = (name: string): AwsError =>
  new AwsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);

export const ruleNotFound = (rule: string, bus: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Rule ${rule} does not exist on EventBus ${bus}.`);

export const statementNotFound = (): AwsError =>
  new AwsError("ResourceNotFoundException", "Statement with the provided id does not exist.");

export const noPolicy = (): AwsError => new AwsError("ResourceNotFoundException", "EventBus does not have a policy.");

export const invalid = (message: string): AwsError => new AwsError("ValidationException", message);

export const invalidPattern = (reason: string): AwsError =>
  new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);

export const limitExceeded = (): AwsError =>
  new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");

/** An entry's own failure, where its sender asked for that entry alone. */
export const entryRefused = (result: {
  readonly ErrorCode?: string | undefined;
  readonly ErrorMessage?: string | undefined;
}): AwsError => new AwsError(result.ErrorCode ?? "InternalException", result.ErrorMessage ?? "");

export const archiveNotFound = (name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Archive ${name} does not exist.`);

export const archiveExists = (name: string): AwsError =>
  new AwsError("ResourceAlreadyExistsException", `Archive ${name} already exists.`);

export const replayNotFound = (name: string): AwsError =>
  new AwsError("ResourceNotFoundException", `Replay ${name} does not exist.`);

export const replayExists = (name: string): AwsError =>
  new AwsError("ResourceAlreadyExistsException", `Replay ${name} already exists.`);

export const replayOver = (name: string): AwsError =>
  new AwsError("IllegalStatusException", `Replay ${name} is not in a valid state for this operation.`);

export const connectionNotFound = (name: string, doing = "describe"): AwsError =>
  new AwsError(
    "ResourceNotFoundException",
    `Failed to ${doing} the connection(s). Connection '${name}' does not exist.`,
  );

export const connectionExists = (name: string): AwsError =>
  new AwsError("ResourceAlreadyExistsException", `Connection ${name} already exists.`);

export const apiDestinationNotFound = (name: string, doing = "describe"): AwsError =>
  new AwsError(
    "ResourceNotFoundException",
    `Failed to ${doing} the api-destination(s). An api-destination '${name}' does not exist.`,
  );

export const apiDestinationExists = (name: string): AwsError =>
  new AwsError("ResourceAlreadyExistsException", `An api-destination '${name}' already exists.`);

/** What an API answered when it did not take an event. */
export const apiFailed = (message: string, final: boolean): AwsError =>
  final
    ? new AwsError("IllegalStatusException", message, { status: 400 })
    : new AwsError("InternalException", message, { status: 500 });

export const accessDenied = (message: string): AwsError =>
  new AwsError("AccessDeniedException", message, { status: 400 });
