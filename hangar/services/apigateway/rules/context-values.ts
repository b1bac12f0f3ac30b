// $context: what templates, access logs and functions are told of a request.

import { cognitoFacts } from "../../../kernel/cognito-caller.ts";
import { requestTime } from "../../../kernel/references.ts";
import type { GatewayFailure } from "./failure.ts";
import { header, type Invocation } from "./invocation.ts";

function identityOf(invocation: Invocation): Record<string, string | null> {
  const { caller, apiKey } = invocation;
  const signed = caller !== undefined && caller.kind !== "anonymous";
  return {
    accountId: signed ? caller.account : null,
    ...cognitoFacts(caller),
    caller: signed ? caller.userId : null,
    sourceIp: invocation.sourceIp,
    ...(invocation.sourceVpce !== undefined && { vpceId: invocation.sourceVpce }),
    principalOrgId: null,
    accessKey: signed ? (caller.accessKeyId ?? null) : null,
    userArn: signed ? caller.arn : null,
    userAgent: header(invocation, "user-agent") ?? null,
    user: signed ? caller.userId : null,
    ...(apiKey === undefined ? {} : { apiKey: apiKey.value, apiKeyId: apiKey.id }),
  };
}

/** Shared by `$context` and a function's `requestContext`. */
export function requestContext(invocation: Invocation): Record<string, unknown> {
  const { api, stage, route, startedAt, authorizer } = invocation;
  return {
    resourceId: route?.resource.id,
    ...(authorizer === undefined ? {} : { authorizer: authorizerValues(invocation) }),
    resourcePath: route?.resource.path,
    httpMethod: invocation.httpMethod,
    extendedRequestId: invocation.extendedRequestId,
    requestTime: requestTime(startedAt),
    path: invocation.fullPath,
    accountId: invocation.account,
    protocol: "HTTP/1.1",
    stage: stage.stageName,
    domainPrefix: invocation.domainPrefix,
    requestTimeEpoch: startedAt,
    requestId: invocation.requestId,
    identity: identityOf(invocation),
    domainName: invocation.domainName,
    deploymentId: stage.deploymentId,
    apiId: api.id,
  };
}

function authorizerValues({ authorizer }: Invocation): Record<string, unknown> {
  if (authorizer === undefined) return {};
  if ("claims" in authorizer) return { claims: authorizer.claims };
  const { principalId, values, latency } = authorizer;
  return { ...values, principalId, integrationLatency: latency };
}

/** `$context`, but for the overrides, which only templates see. What has no value yet is not in its key set either. */
export function contextValues(invocation: Invocation): Record<string, unknown> {
  const { integration, failure, canary, stage } = invocation;
  return {
    ...requestContext(invocation),
    ...(integration?.requestId !== undefined && { awsEndpointRequestId: integration.requestId }),
    ...((canary || stage.canarySettings !== undefined) && { isCanaryRequest: canary }),
    ...(failure !== undefined && { error: errorOf(failure) }),
  };
}

function errorOf({ type, facts: { message, validationErrorString } }: GatewayFailure): Record<string, unknown> {
  return {
    message: message ?? undefined,
    messageString: message === undefined ? undefined : JSON.stringify(message),
    responseType: type,
    validationErrorString: escaped(validationErrorString),
  };
}

/** With what only access logs know. */
export function loggedValues(invocation: Invocation): Record<string, unknown> {
  const { integration } = invocation;
  const streamed = integration?.streamed;
  return {
    isCanaryRequest: invocation.canary,
    ...contextValues(invocation),
    xrayTraceId: invocation.traceId,
    endpointType: invocation.api.endpointConfiguration?.types?.[0],
    customDomain: { basePathMatched: invocation.basePath },
    integrationLatency: integration?.latency,
    integrationStatus: integration?.status,
    integration: {
      status: integration?.status,
      latency: integration?.latency,
      requestId: integration?.requestId,
      error: integration?.error,
      integrationStatus: integration?.status,
      responseTransferMode: integration === undefined ? undefined : streamed === undefined ? "BUFFERED" : "STREAMED",
      timeToAllHeaders: streamed?.timeToAllHeaders,
      timeToFirstContent: streamed?.timeToFirstContent,
    },
  };
}

/** Fit to stand between quotes. */
function escaped(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text).slice(1, -1);
}
