// One call of a function, by a role or by a service itself.

import type { Caller, Context, Principal } from "./operation.ts";

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
  { ports }: Pick<Context<never>, "ports">,
  { arn, as, event, asynchronous = false }: FunctionCall,
): Promise<FunctionAnswer> {
  if (!asynchronous && "service" in as) {
    const answer = await ports.functions.invoke(arn, event, as);
    return { payload: Buffer.from(answer.payload).toString("utf8"), functionError: answer.functionError };
  }
  const input = {
    FunctionName: arn,
    Payload: Buffer.from(event),
    InvocationType: asynchronous ? "Event" : "RequestResponse",
  };
  const output = await ports.api.call("lambda", "Invoke", input, { as, ...placeOf(arn) });
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
