// Invokes a function and waits, queues the event, or only checks. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

import type { InvocationRequest, InvocationResponse } from "../../../../models/lambda.d.ts";
import { traceHeaderOf } from "../../../../cloud/trace-header.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { logTail, runFunction } from "../../engine/run-function.ts";
import { chooseVersion } from "../../rules/choose-version.ts";
import { decodeContext } from "../../rules/client-context.ts";
import { findFunction, type Found } from "../../rules/find.ts";
import { isFollowed, lineageOf } from "../../rules/lineage.ts";
import { checkPayload } from "../../rules/payload.ts";
import { operation, type LambdaContext } from "../../store.ts";

const NOTHING = new Uint8Array(0);

export const invoke = operation<InvocationRequest, InvocationResponse>(async (input, context) => {
  const found = findFunction(context, input.FunctionName, input.Qualifier, "$LATEST");
  if (input.TenantId !== undefined || input.DurableExecutionName !== undefined)
    throw notEmulated("invocations with TenantId or DurableExecutionName");
  const payload =
    input.Payload === undefined || input.Payload.length === 0 ? Buffer.from("{}") : Buffer.from(input.Payload);
  if (input.InvocationType === "DryRun") return { StatusCode: 204, Payload: NOTHING };
  checkPayload(payload, input.InvocationType === "Event" ? "Event" : "RequestResponse");
  const clientContext = decodeContext(input.ClientContext);
  if (input.InvocationType === "Event") return enqueue(found, payload, context);
  const version = chooseVersion(found, context.ids);
  const requestId = requestIdOf(context);
  const outcome = await runFunction(context, {
    place: found.place,
    row: found.row,
    version,
    invokedArn: found.arn,
    payload,
    requestId,
    clientContext,
    lineage: givenLineage(context),
  });
  return {
    StatusCode: 200,
    Payload: outcome.payload,
    ExecutedVersion: version.version,
    ...(outcome.functionError === undefined ? {} : { FunctionError: outcome.functionError }),
    ...(input.LogType === "Tail" ? { LogResult: logTail(outcome) } : {}),
  };
});

async function enqueue(found: Found, payload: Buffer, context: LambdaContext): Promise<InvocationResponse> {
  const id = requestIdOf(context);
  const blob = await context.blobs.putBytes(payload);
  found.store.events.put(id, {
    id,
    functionName: found.row.name,
    qualifier: found.qualifier,
    payload: blob.hash,
    lineage: givenLineage(context),
    acceptedAt: context.clock.now(),
    attempts: 0,
    throttled: 0,
  });
  context.world.scheduler.at(
    context.clock.now(),
    "lambda.invoke-event",
    { id },
    { ...found.place, cause: context.span },
  );
  return { StatusCode: 202, Payload: NOTHING };
}

/** The Invoke call's own request id; other services' calls have none of their own. */
export function requestIdOf(context: LambdaContext): string {
  return context.request.path.includes("/invocations") ||
    context.request.path.includes("/response-streaming-invocations")
    ? context.request.id
    : context.ids.uuid();
}

/** What the call's own header says, or that of what led to it. */
export function givenLineage(context: LambdaContext): string | undefined {
  return isFollowed(context.caller) ? lineageOf(traceHeaderOf(context)) : undefined;
}
