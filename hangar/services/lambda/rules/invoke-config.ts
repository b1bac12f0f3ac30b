// Asynchronous invocation settings: checked, answered, and which ones hold for an invocation.

import type { DestinationConfig, FunctionEventInvokeConfig } from "../../../models/lambda.d.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { invalidParameter, notFound } from "../errors.ts";
import type { InvokeConfigRow, LambdaContext } from "../store.ts";
import { checkMaySend } from "./check-targets.ts";
import { functionArn, parseFunctionName, resolveReference } from "./function-name.ts";
import { versionAt } from "./find.ts";

export type InvokeConfigRequest = {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: DestinationConfig | undefined;
};

/** Name and qualifier of an existing function. */
export function invokeConfigTarget(
  context: LambdaContext,
  input: InvokeConfigRequest,
): { readonly name: string; readonly qualifier: string } {
  const { name, qualifier = "$LATEST" } = resolveReference(input.FunctionName, input.Qualifier, context);
  if (!context.store.functions.has(name) || versionAt(context.store, name, qualifier) === undefined)
    throw notFound("The function doesn't exist.");
  return { name, qualifier };
}

/** Asked before the function is looked for. */
export function checkSomethingGiven(input: InvokeConfigRequest): void {
  if (
    input.MaximumRetryAttempts === undefined &&
    input.MaximumEventAgeInSeconds === undefined &&
    input.DestinationConfig === undefined
  ) {
    throw invalidParameter("You must specify at least one of error handling or destination setting.");
  }
}

export function checkDestinations(context: LambdaContext, input: InvokeConfigRequest, name: string): void {
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  // Buckets keep failures only.
  if (parseArn(OnSuccess?.Destination ?? "")?.service === "s3") throw invalidDestinations(input);
  for (const arn of [OnSuccess?.Destination, OnFailure?.Destination]) {
    if (arn === undefined || arn === "") continue;
    checkDestination(context, input, arn, name);
    const version = versionAt(context.store, name, input.Qualifier)?.version;
    if (version !== undefined) checkMaySend(context, version, arn);
  }
}

function invalidDestinations(input: InvokeConfigRequest): AwsError {
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  const success = OnSuccess === undefined ? "null" : `OnSuccess(destination=${OnSuccess.Destination})`;
  const failure = OnFailure === undefined ? "null" : `OnFailure(destination=${OnFailure.Destination})`;
  return invalidParameter(
    `The provided destination config DestinationConfig(onSuccess=${success}, onFailure=${failure}) is invalid.`,
  );
}

function checkDestination(context: LambdaContext, input: InvokeConfigRequest, arn: string, name: string): void {
  const service = parseArn(arn)?.service ?? "";
  if (!["lambda", "sqs", "sns", "events", "s3"].includes(service)) throw invalidDestinations(input);
  if (service !== "lambda") return;
  const target = parseFunctionName(arn);
  if (target.name === name) throw invalidParameter("You can't specify the function as a destination for itself.");
  const store = context.storeAt(target.account ?? context.account, context.region);
  if (!store.functions.has(target.name)) throw invalidParameter(`The destination ARN ${arn} is invalid.`);
}

export function invokeConfigAnswer(row: InvokeConfigRow, context: LambdaContext): FunctionEventInvokeConfig {
  return {
    LastModified: new Date(row.modifiedAt),
    FunctionArn: functionArn(context, row.functionName, row.qualifier),
    ...(row.maximumRetryAttempts === undefined ? {} : { MaximumRetryAttempts: row.maximumRetryAttempts }),
    ...(row.maximumEventAge === undefined ? {} : { MaximumEventAgeInSeconds: row.maximumEventAge }),
    DestinationConfig: {
      OnSuccess: row.onSuccess === undefined ? {} : { Destination: row.onSuccess },
      OnFailure: row.onFailure === undefined ? {} : { Destination: row.onFailure },
    },
  };
}

export function presentInvokeConfig(
  context: LambdaContext,
  input: { readonly FunctionName: string; readonly Qualifier?: string | undefined },
): InvokeConfigRow {
  const { name, qualifier = "$LATEST" } = resolveReference(input.FunctionName, input.Qualifier, context);
  const row = context.store.invokeConfigs.get(`${name}:${qualifier}`);
  if (row === undefined)
    throw notFound(`The function ${functionArn(context, name, qualifier)} doesn't have an EventInvokeConfig`);
  return row;
}

export function emptyAsAbsent(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
