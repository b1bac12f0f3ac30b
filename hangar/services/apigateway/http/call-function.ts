// One call of a function, by a role or by API Gateway itself.

import type { Caller, Principal } from "../../../cloud/operation.ts";
import type { Invocation } from "../rules/invocation.ts";

export type FunctionAnswer = { readonly payload: string; readonly functionError?: string | undefined };

export type FunctionCall = {
  readonly arn: string;
  readonly as: Caller | Principal;
  readonly event: string;
  /** Answered before the function runs. */
  readonly asynchronous?: boolean;
};

/** Throws what Lambda's Invoke throws. */
export async function callFunction(
  { context }: Invocation,
  { arn, as, event, asynchronous = false }: FunctionCall,
): Promise<FunctionAnswer> {
  if (!asynchronous && "service" in as) {
    const answer = await context.ports.functions.invoke(arn, event, as);
    return { payload: Buffer.from(answer.payload).toString("utf8"), functionError: answer.functionError };
  }
  const input = {
    FunctionName: arn,
    Payload: Buffer.from(event),
    InvocationType: asynchronous ? "Event" : "RequestResponse",
  };
  const output = await context.ports.api.call("lambda", "Invoke", input, { as, ...placeOf(arn) });
  const { Payload, FunctionError } = output as { Payload?: Uint8Array; FunctionError?: string };
  return { payload: Buffer.from(Payload ?? []).toString("utf8"), functionError: FunctionError };
}

function placeOf(arn: string): { readonly region?: string; readonly account?: string } {
  const [, , , region, account] = arn.split(":");
  return {
    ...(region === undefined || region === "" ? {} : { region }),
    ...(account === undefined || account === "" ? {} : { account }),
  };
}
