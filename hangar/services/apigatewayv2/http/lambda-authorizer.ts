// Lambda authorizers: a function reads the request and says yes or no, which is kept for a while.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html

import { callFunction } from "../../../cloud/call-function.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import { authorizerAnswer, type AuthorizerAnswer } from "../rules/authorizer-answer.ts";
import { functionArn } from "../rules/function-uri.ts";
import { routeArn, type Invocation } from "../rules/invocation.ts";
import { requestOf1, requestOf2 } from "../rules/lambda-event.ts";
import { authorizerCache } from "../rules/memory.ts";
import { evaluate, requestSource } from "../rules/parameters.ts";
import { refusals } from "../rules/refusal.ts";
import type { ApiGatewayV2Context, AuthorizerRow, StageRow } from "../store.ts";
import { actingAs, type Acting } from "./role-caller.ts";

/** Kept, or asked for. */
export async function askAuthorizer(invocation: Invocation, authorizer: AuthorizerRow): Promise<AuthorizerAnswer> {
  const { context, api, stage } = invocation;
  const identity = identityOf(invocation, authorizer);
  const seconds = authorizer.AuthorizerResultTtlInSeconds ?? 0;
  const cache = authorizerCache(context.world);
  const place = `${api.ApiId}/${stage.StageName}/${authorizer.AuthorizerId}/${JSON.stringify(identity)}`;
  const kept = seconds > 0 ? cache.get(place) : undefined;
  if (kept !== undefined && kept.until > context.clock.now()) return kept.value as AuthorizerAnswer;
  const payload = await callAuthorizer(invocation, authorizer, eventFor(invocation, authorizer, identity));
  const answer = authorizerAnswer(payload, authorizer.EnableSimpleResponses === true);
  if (answer === undefined) throw refusals.authorizerFailed("The response of the authorizer is not valid");
  if (seconds > 0) cache.set(place, { until: context.clock.now() + seconds * 1000, value: answer });
  return answer;
}

/** Without one of them nobody is asked. */
function identityOf(invocation: Invocation, { IdentitySource = [] }: AuthorizerRow): readonly string[] {
  const source = requestSource(invocation);
  return IdentitySource.map((expression) => {
    const value = evaluate(invocation, source, expression);
    if (value === undefined || value === "") throw refusals.unauthorized({ reason: "Identity source not found" });
    return value;
  });
}

function eventFor(invocation: Invocation, authorizer: AuthorizerRow, identity: readonly string[]): object {
  const arn = routeArn(invocation);
  if (authorizer.AuthorizerPayloadFormatVersion === "2.0") {
    const { version, ...request } = requestOf2(invocation);
    return {
      version,
      type: "REQUEST",
      routeArn: arn,
      identitySource: identity.length === 0 ? null : identity,
      ...request,
    };
  }
  const joined = identity.join(",");
  const own = { identitySource: joined, authorizationToken: joined };
  return { version: "1.0", type: "REQUEST", methodArn: arn, ...own, ...requestOf1(invocation) };
}

type Asking = Acting & {
  readonly context: ApiGatewayV2Context;
  readonly region: string;
  readonly api: { readonly ApiId: string };
  readonly stage: StageRow;
};

export async function callAuthorizer(asking: Asking, authorizer: AuthorizerRow, event: object): Promise<string> {
  const { context, region, account, api, stage } = asking;
  const arn = functionArn(authorizer.AuthorizerUri, stage.StageVariables);
  if (arn === undefined) throw refusals.authorizerFailed("The authorizer names no Lambda function");
  try {
    const sourceArn = `arn:aws:execute-api:${region}:${account}:${api.ApiId}/authorizers/${authorizer.AuthorizerId}`;
    const as = actingAs(asking, authorizer.AuthorizerCredentialsArn, sourceArn);
    const { payload, functionError } = await callFunction(context, { arn, as, event: JSON.stringify(event) });
    if (functionError === undefined) return payload;
    // A function that fails with exactly this word refuses the caller; any other failure is its own.
    if (/"errorMessage"\s*:\s*"Unauthorized"/.test(payload)) throw refusals.unauthorized();
    throw refusals.authorizerFailed(payload);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    throw refusals.authorizerFailed(error.message);
  }
}
