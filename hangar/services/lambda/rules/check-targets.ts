// Whether a function's role may send to its dead letter queue and its destinations, which Lambda asks when they are named.

import { parseArn } from "../../../kernel/arn.ts";
import { invalidParameter } from "../errors.ts";
import type { LambdaContext, VersionRow } from "../store.ts";
import { mayAll } from "./check-source.ts";

const ACTIONS: Readonly<Record<string, string>> = {
  sqs: "SendMessage",
  sns: "Publish",
  lambda: "InvokeFunction",
  events: "PutEvents",
};

type Of = Pick<VersionRow, "name" | "role">;

export function checkDeadLetter(context: LambdaContext, of: Of, arn: string | undefined): void {
  const service = parseArn(arn ?? "")?.service ?? "";
  if (arn === undefined || (service !== "sqs" && service !== "sns")) return;
  const action = ACTIONS[service] ?? "";
  if (!mayAll(context, of, [`${service}:${action}`], arn))
    throw invalidParameter(
      `The provided execution role does not have permissions to call ${action} on ${service.toUpperCase()}`,
    );
}

export function checkMaySend(context: LambdaContext, of: Of, arn: string): void {
  const service = parseArn(arn)?.service ?? "";
  const action = ACTIONS[service];
  if (action !== undefined && !mayAll(context, of, [`${service}:${action}`], arn))
    throw invalidParameter(`The function's execution role does not have permissions to call ${action} on ${arn}`);
}
