// One attempt of an asynchronous invocation: retries after one and two minutes, then destination or dead letter queue.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html

import { headerFor, keepTraceHeader } from "../../../cloud/trace-header.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { Outcome } from "../engine/deployment.ts";
import { runFunction } from "../engine/run-function.ts";
import { chooseVersion } from "../rules/choose-version.ts";
import { destinationRecord, failedEventKey, retryDelay, type Condition } from "../rules/async-result.ts";
import { findFunction, type Found } from "../rules/find.ts";
import { functionArn } from "../rules/function-name.ts";
import type { EventRow, InvokeConfigRow, LambdaContext, VersionRow } from "../store.ts";

const MAX_AGE = 21_600;
const MAX_RETRIES = 2;

export async function invokeEvent(data: { readonly id: string }, context: LambdaContext): Promise<void> {
  const event = context.store.events.get(data.id);
  if (event === undefined) return;
  const found = foundOrGone(context, event);
  if (found === undefined) {
    context.store.events.delete(event.id);
    return;
  }
  const settings = settingsOf(context, found);
  const tooOld = context.clock.now() - event.acceptedAt >= (settings?.maximumEventAge ?? MAX_AGE) * 1000;
  if (tooOld && (event.attempts > 0 || event.throttled > 0))
    return finish(context, found, event, { condition: "EventAgeExceeded", outcome: undefined, version: found.version });
  await attempt(context, found, event, settings);
}

async function attempt(
  context: LambdaContext,
  found: Found,
  event: EventRow,
  settings: InvokeConfigRow | undefined,
): Promise<void> {
  const version = chooseVersion(found, context.ids);
  const payload = await context.blobs.bytes(event.payload);
  let outcome: Outcome;
  try {
    outcome = await runFunction(context, {
      place: found.place,
      row: found.row,
      version,
      invokedArn: found.arn,
      payload,
      requestId: event.id,
      lineage: event.lineage,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refused(context, found, event, error);
  }
  if (context.world.disposed) return;
  const attempts = event.attempts + 1;
  const next: EventRow = { ...event, attempts };
  if (outcome.functionError === undefined)
    return finish(context, found, next, { condition: "Success", outcome, version });
  const retries = settings?.maximumRetryAttempts ?? MAX_RETRIES;
  if (attempts > retries) return finish(context, found, next, { condition: "RetriesExhausted", outcome, version });
  const at = context.clock.now() + retryDelay(attempts);
  if (at - event.acceptedAt > (settings?.maximumEventAge ?? MAX_AGE) * 1000)
    return finish(context, found, next, { condition: "EventAgeExceeded", outcome, version });
  context.store.events.put(event.id, next);
  context.scheduler.at(at, "lambda.invoke-event", { id: event.id });
}

/** Throttles and Lambda's own errors are tried for up to six hours, one second later at first, five minutes at most. */
function refused(context: LambdaContext, found: Found, event: EventRow, error: AwsError): Promise<void> | undefined {
  const settings = settingsOf(context, found);
  const reserved = found.row.reservedConcurrency === 0;
  if (error.code !== "TooManyRequestsException" || reserved)
    return finish(
      context,
      found,
      { ...event, attempts: event.attempts },
      {
        condition: reserved ? "ZeroReservedConcurrency" : "RetriesExhausted",
        outcome: undefined,
        version: found.version,
      },
    );
  const at = context.clock.now() + Math.min(1000 * 2 ** event.throttled, 300_000);
  if (at - event.acceptedAt > (settings?.maximumEventAge ?? MAX_AGE) * 1000)
    return finish(context, found, event, { condition: "EventAgeExceeded", outcome: undefined, version: found.version });
  context.store.events.put(event.id, { ...event, throttled: event.throttled + 1 });
  context.scheduler.at(at, "lambda.invoke-event", { id: event.id });
  return undefined;
}

type Result = { readonly condition: Condition; readonly outcome: Outcome | undefined; readonly version: VersionRow };

async function finish(context: LambdaContext, found: Found, event: EventRow, result: Result): Promise<void> {
  context.store.events.delete(event.id);
  const settings = settingsOf(context, found);
  const destination = result.condition === "Success" ? settings?.onSuccess : settings?.onFailure;
  const payload = await context.blobs.bytes(event.payload);
  const qualified = functionArn(context, found.row.name, found.qualifier ?? "$LATEST");
  const header = result.outcome?.traceHeader;
  if (header === undefined) headerFor(context, context.span, undefined, event.lineage);
  else keepTraceHeader(context.span, header);
  if (destination !== undefined) {
    const record = destinationRecord({
      event,
      payload,
      functionArn: qualified,
      condition: result.condition,
      outcome: result.outcome,
      executedVersion: result.version.version,
      now: context.clock.now(),
    });
    await deliver(context, result.version, record, {
      destination,
      functionArn: qualified,
      success: result.condition === "Success",
    });
  }
  if (result.condition !== "Success" && result.version.deadLetterArn !== undefined)
    await deadLetter(context, result, event, payload);
}

/** As the function's role: it must be allowed to. What cannot be delivered is dropped, as AWS does. */
async function deliver(
  context: LambdaContext,
  version: VersionRow,
  record: object,
  facts: { readonly destination: string; readonly functionArn: string; readonly success: boolean },
): Promise<void> {
  const arn = facts.destination;
  const bus = /:events:/.test(arn);
  const parameters = bus
    ? {
        Source: "lambda",
        DetailType: `Lambda Function Invocation Result - ${facts.success ? "Success" : "Failure"}`,
        Resources: [arn, facts.functionArn],
      }
    : undefined;
  try {
    if (arn.includes(":s3:")) await keepInBucket(context, version, record, arn);
    else
      await context.ports.targets.deliver(arn, JSON.stringify(record), {
        as: { service: "lambda.amazonaws.com", sourceArn: facts.functionArn, sourceAccount: context.account },
        roleArn: version.role,
        ...(parameters === undefined ? {} : { parameters }),
      });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

function keepInBucket(context: LambdaContext, version: VersionRow, record: object, arn: string): Promise<unknown> {
  const key = failedEventKey(version.name, context.clock.now(), context.ids.uuid());
  return context.ports.objects.put(arn.split(":").at(-1) ?? "", key, JSON.stringify(record), {
    contentType: "application/json",
    as: context.ports.access.roleCaller(version.role, "lambda.amazonaws.com", version.name),
  });
}

async function deadLetter(context: LambdaContext, result: Result, event: EventRow, payload: Uint8Array): Promise<void> {
  const arn = result.version.deadLetterArn;
  if (arn === undefined) return;
  const message = errorMessage(result.outcome);
  try {
    await context.ports.targets.deliver(arn, Buffer.from(payload).toString("utf8"), {
      as: {
        service: "lambda.amazonaws.com",
        sourceArn: functionArn(context, result.version.name),
        sourceAccount: context.account,
      },
      roleArn: result.version.role,
      messageAttributes: {
        RequestID: { DataType: "String", StringValue: event.id },
        ErrorCode: { DataType: "Number", StringValue: result.outcome === undefined ? "429" : "200" },
        ErrorMessage: { DataType: "String", StringValue: message },
      },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

function errorMessage(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "Rate Exceeded.";
  try {
    const failure = JSON.parse(Buffer.from(outcome.payload).toString("utf8")) as { errorMessage?: unknown };
    return typeof failure.errorMessage === "string" && failure.errorMessage !== ""
      ? failure.errorMessage.slice(0, 1024)
      : "Unknown error";
  } catch {
    return "Unknown error";
  }
}

function settingsOf(context: LambdaContext, found: Found): InvokeConfigRow | undefined {
  return context.store.invokeConfigs.get(`${found.row.name}:${found.qualifier ?? "$LATEST"}`);
}

/** A function deleted while its event waited: the event is dropped. */
function foundOrGone(context: LambdaContext, event: EventRow): Found | undefined {
  try {
    return findFunction(context, event.functionName, event.qualifier);
  } catch {
    return undefined;
  }
}
