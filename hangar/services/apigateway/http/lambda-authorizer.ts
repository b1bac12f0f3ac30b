// Lambda authorizers: a function reads the token or the request and answers a policy, which is kept for a while.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html

import type { Caller, Principal } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { authorizerAnswer, type AuthorizerAnswer } from "../rules/authorizer-answer.ts";
import { sourcesOf } from "../rules/authorizer.ts";
import { failures } from "../rules/failure.ts";
import { functionOf } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { javaPattern } from "../rules/java-pattern.ts";
import { methodArn, type Invocation } from "../rules/invocation.ts";
import { requestAuthorizerEvent } from "../rules/lambda-event.ts";
import { authorizerCache } from "../rules/memory.ts";
import { requestValue } from "../rules/request-value.ts";
import type { AuthorizerRow } from "../store.ts";
import { callFunction } from "../../../cloud/call-function.ts";
import { roleCaller } from "./role-caller.ts";

const DEFAULT_TTL = 300;

export type Asked = AuthorizerAnswer & { readonly latency: number };

/** What the authorizer says of this caller: kept, or asked for. */
export async function askAuthorizer(invocation: Invocation, authorizer: AuthorizerRow): Promise<Asked> {
  const { context, api, stage } = invocation;
  const seconds = authorizer.authorizerResultTtlInSeconds ?? DEFAULT_TTL;
  const identity = identityOf(invocation, authorizer, seconds > 0);
  const cache = authorizerCache(context.world);
  const place = `${api.id}/${stage.stageName}/${authorizer.id}/${JSON.stringify(identity)}`;
  const now = context.clock.now();
  const kept = cache.get(place);
  if (kept !== undefined && kept.until > now) return { ...(kept.outcome as AuthorizerAnswer), latency: 0 };
  const payload = await ask(invocation, authorizer, identity[0] ?? "");
  const answer = authorizerAnswer(payload);
  if (answer === undefined) throw failures.authorizerMisconfigured();
  if (seconds > 0) cache.set(place, { until: context.clock.now() + seconds * 1000, outcome: answer });
  return { ...answer, latency: context.clock.now() - now };
}

/** Where results are kept, what they are kept for must be there. */
function identityOf(invocation: Invocation, authorizer: AuthorizerRow, kept: boolean): readonly string[] {
  const sources = sourcesOf(authorizer.identitySource ?? "");
  const token = authorizer.type === "TOKEN";
  const values = sources.map((source) => requestValue(invocation, source) ?? "");
  if ((token || kept) && values.some((value) => value === "")) throw failures.unauthorized();
  const wanted = authorizer.identityValidationExpression ?? "";
  if (!token || wanted === "") return values;
  const pattern = javaPattern(wanted);
  if (pattern === undefined) throw failures.authorizerMisconfigured();
  if (!pattern.test(values[0] ?? "")) throw failures.unauthorized();
  return values;
}

async function ask(invocation: Invocation, authorizer: AuthorizerRow, token: string): Promise<string> {
  const { account, region, api, stage } = invocation;
  const arn = functionOf(withStageVariables(authorizer.authorizerUri ?? "", stage.variables));
  if (arn === undefined) throw failures.authorizerMisconfigured();
  const called = methodArn(invocation);
  const event =
    authorizer.type === "TOKEN"
      ? { type: "TOKEN", methodArn: called, authorizationToken: token }
      : requestAuthorizerEvent(invocation, called);
  try {
    const as: Caller | Principal = roleCaller(invocation, authorizer.authorizerCredentials) ?? {
      service: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:${region}:${account}:${api.id}/authorizers/${authorizer.id}`,
      sourceAccount: account,
    };
    const answer = await callFunction(invocation.context, { arn, as, event: JSON.stringify(event) });
    return read(answer.payload, answer.functionError);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw failures.authorizerMisconfigured();
  }
}

/** A function that fails with exactly this word refuses the caller; any other failure is the authorizer's own. */
function read(payload: string, functionError: string | undefined): string {
  if (functionError === undefined) return payload;
  if (/"errorMessage"\s*:\s*"Unauthorized"/.test(payload)) throw failures.unauthorized();
  throw failures.authorizerFailed();
}
