// What other services may ask of Lambda, and deliveries to functions by ARN, all through the real Invoke.

import type { Principal } from "../../cloud/operation.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { FunctionsPort, StreamedPiece } from "../../ports/functions.ts";
import type { DeliveryOptions } from "../../ports/targets.ts";
import { invoke } from "./operations/invoke/invoke.ts";
import { invokeWithResponseStream } from "./operations/invoke/invoke-with-response-stream.ts";
import { parseFunctionName } from "./rules/function-name.ts";
import type { LambdaContext } from "./store.ts";

export function functionsPort(context: LambdaContext): FunctionsPort {
  return {
    async invoke(arn, payload, as) {
      const answer = (await context.call(
        invoke as never,
        { FunctionName: arn, Payload: Buffer.from(payload), LogType: "Tail" } as never,
        { as, ...placeOf(arn, context) },
      )) as InvokeAnswer;
      return {
        payload: answer.Payload ?? new Uint8Array(0),
        functionError: answer.FunctionError,
        requestId: context.request.id,
        logTail: answer.LogResult,
        executedVersion: answer.ExecutedVersion ?? "$LATEST",
      };
    },
    async stream(arn, payload, as) {
      const answer = (await context.call(
        invokeWithResponseStream as never,
        { FunctionName: arn, Payload: Buffer.from(payload) } as never,
        { as, ...placeOf(arn, context) },
      )) as { readonly EventStream: AsyncIterable<StreamedPiece> };
      return answer.EventStream;
    },
    async invokeLater(arn, payload, as) {
      await invokeAsEvent(context, arn, payload, as);
    },
  };
}

type InvokeAnswer = {
  readonly Payload?: Uint8Array | undefined;
  readonly FunctionError?: string | undefined;
  readonly LogResult?: string | undefined;
  readonly ExecutedVersion?: string | undefined;
};

async function invokeAsEvent(
  context: LambdaContext,
  arn: string,
  payload: string | Uint8Array,
  as: Principal | ReturnType<LambdaContext["ports"]["access"]["roleCaller"]>,
): Promise<void> {
  await context.call(
    invoke as never,
    { FunctionName: arn, Payload: Buffer.from(payload), InvocationType: "Event" } as never,
    { as, ...placeOf(arn, context) },
  );
}

/** From notifications, rules and schedules. Lambda takes every event asynchronously. */
export async function deliverToFunction(
  arn: string,
  event: string,
  options: DeliveryOptions,
  context: LambdaContext,
): Promise<void> {
  const as =
    options.roleArn === undefined
      ? options.as
      : context.ports.access.roleCaller(options.roleArn, options.as.service, "delivery");
  await invokeAsEvent(context, arn, event, as);
}

function placeOf(arn: string, context: LambdaContext): { readonly account: string; readonly region: string } {
  const region = parseArn(arn)?.region;
  return {
    account: parseFunctionName(arn).account ?? context.account,
    region: region === undefined || region === "" ? context.region : region,
  };
}
