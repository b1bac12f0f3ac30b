// $context of HTTP APIs: what access logs and parameter mappings are told of a request.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html

import { cognitoFacts, cognitoIdentityOf } from "../../../kernel/cognito-caller.ts";
import { requestTime } from "../../../kernel/references.ts";
import { domainPrefix, type AuthorizerFacts, type Invocation } from "./invocation.ts";

/** Of whom signed; nulls for everybody else. */
export function identityOf({ caller, sourceIp, headers }: Invocation): Record<string, string | null> {
  const signer = caller === undefined || caller.kind === "anonymous" ? undefined : caller;
  return {
    accessKey: signer?.accessKeyId ?? null,
    accountId: signer?.account ?? null,
    caller: signer?.userId ?? null,
    cognitoAmr: signer === undefined ? null : (cognitoIdentityOf(signer)?.amr.join(",") ?? null),
    ...cognitoFacts(signer),
    principalOrgId: null,
    sourceIp,
    user: signer?.userId ?? null,
    userAgent: headers["user-agent"] ?? null,
    userArn: signer?.arn ?? null,
  };
}

export function contextValues(invocation: Invocation): Record<string, unknown> {
  const { api, stage, route, integration, refusal, requestId, startedAt, context } = invocation;
  const message = refusal?.message;
  return {
    accountId: invocation.account,
    apiId: api.ApiId,
    authorizer: authorizerValues(invocation.authorizer, refusal?.facts.type, refusal?.facts.reason),
    awsEndpointRequestId: integration?.requestId,
    customDomain: { basePathMatched: invocation.basePath },
    dataProcessed: invocation.body.length,
    domainName: invocation.domainName,
    domainPrefix: domainPrefix(invocation),
    error: {
      message,
      messageString: message === undefined ? undefined : JSON.stringify(message),
      responseType: refusal?.facts.type,
    },
    extendedRequestId: requestId,
    httpMethod: invocation.httpMethod,
    identity: identityOf(invocation),
    integration: {
      error: integration?.error,
      integrationStatus: integration?.status,
      latency: integration?.latency,
      requestId: integration?.requestId,
      status: integration?.status,
    },
    integrationErrorMessage:
      refusal?.facts.type?.startsWith("INTEGRATION") === true ? refusal.facts.reason : integration?.error,
    integrationLatency: integration?.latency,
    integrationStatus: integration?.status,
    path: invocation.fullPath,
    protocol: "HTTP/1.1",
    requestId,
    requestTime: requestTime(startedAt),
    requestTimeEpoch: startedAt,
    responseLatency: context.clock.now() - startedAt,
    routeKey: route?.route.RouteKey,
    stage: stage.StageName,
  };
}

function authorizerValues(
  facts: AuthorizerFacts | undefined,
  type: string | undefined,
  reason: string | undefined,
): Record<string, unknown> {
  const error = type?.startsWith("INTEGRATION") === true ? undefined : reason;
  if (facts === undefined) return { error };
  if (facts.kind === "jwt") return { error, claims: facts.claims };
  return { ...facts.values, error, principalId: facts.principalId };
}
