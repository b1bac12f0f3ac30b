// IAM authorization: who signed must be allowed to invoke.

import type { ApiGatewayV2Context } from "../store.ts";
import { refusals } from "../rules/refusal.ts";
import type { Caller } from "../../../cloud/operation.ts";

export type SignedRequest = {
  readonly context: ApiGatewayV2Context;
  readonly account: string;
  readonly sourceIp: string;
  readonly startedAt: number;
  readonly headers: Readonly<Record<string, string>>;
  caller: Caller | undefined;
};

/** HTTP APIs have no policies of their own, and tell nobody why. */
export function checkSignature(request: SignedRequest, arn: string): void {
  const { context, account, sourceIp, startedAt, headers } = request;
  const { caller } = context;
  if (caller.kind === "anonymous") throw refusals.forbidden({ reason: "The request is not signed" });
  request.caller = caller;
  if (caller.kind === "root" && caller.account === account) return;
  const need = { action: "execute-api:Invoke", resource: arn, owner: account };
  const decision = context.ports.access.decide(caller, [need], {
    "aws:SourceIp": sourceIp,
    "aws:UserAgent": headers["user-agent"] ?? "",
    "aws:Referer": headers["referer"] ?? "",
    "aws:SecureTransport": "true",
    "aws:CurrentTime": new Date(startedAt).toISOString(),
    "aws:EpochTime": String(Math.floor(startedAt / 1000)),
    "aws:PrincipalArn": caller.roleArn ?? caller.arn,
    "aws:PrincipalAccount": caller.account,
    "aws:userid": caller.userId,
  });
  if (!decision.allowed) throw refusals.forbidden({ reason: decision.message });
}
