// One call of a function, by a role or by a service itself.

import type { Caller, Context, Principal } from "./operation.ts";

export type FunctionAnswer = { readonly payload: string; readonly functionError?: string | undefined };

export type FunctionCall = {
  readonly arn: string;
  readonly as: Caller | Principal;
  readonly event: string;
  /** `Event` is answered before the function runs, `DryRun` without that it runs. */
  readonly kind?: "Event" | "DryRun" | undefined;
  /** As base64. */
  readonly clientContext?: string | undefined;
};

/** Throws what Lambda's Invoke throws. */
export async function callFunction(
  { ports }: Pick<Context<never>, "ports">,
  { arn, as, event, kind, clientContext }: FunctionCall,
): Promise<FunctionAnswer> {
  if (kind === undefined && clientContext === undefined && "service" in as) {
    const answer = await ports.functions.invoke(arn, event, as);
    return { payload: Buffer.from(answer.payload).toString("utf8"), functionError: answer.functionError };
  }
  const input = {
    FunctionName: arn,
    Payload: Buffer.from(event),
    InvocationType: kind ?? "RequestResponse",
    ...(clientContext !== undefined && { ClientContext: clientContext }),
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
