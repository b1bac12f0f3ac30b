// $context: what templates, access logs and functions are told of a request.

import { cognitoFacts } from "../../../kernel/cognito-caller.ts";
import { requestTime } from "../../../kernel/references.ts";
import { methodArn, header, type Invocation } from "./invocation.ts";

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

/** `$context` in full, but for the overrides, which only templates see. */
export function contextValues(invocation: Invocation): Record<string, unknown> {
  const { integration, failure } = invocation;
  const message = failure?.facts.message;
  return {
    ...requestContext(invocation),
    awsEndpointRequestId: integration?.requestId,
    xrayTraceId: invocation.traceId,
    isCanaryRequest: invocation.canary,
    wafResponseCode: undefined,
    integrationLatency: integration?.latency,
    integrationStatus: integration?.status,
    integration: {
      status: integration?.status,
      latency: integration?.latency,
      requestId: integration?.requestId,
      error: integration?.error,
      integrationStatus: integration?.status,
      responseTransferMode:
        integration === undefined ? undefined : integration.streamed === undefined ? "BUFFERED" : "STREAMED",
      timeToAllHeaders: integration?.streamed?.timeToAllHeaders,
      timeToFirstContent: integration?.streamed?.timeToFirstContent,
    },
    methodArn: invocation.route === undefined ? undefined : methodArn(invocation),
    error: {
      message: message ?? undefined,
      messageString: message === undefined ? undefined : JSON.stringify(message),
      responseType: failure?.type,
      validationErrorString: escaped(failure?.facts.validationErrorString),
    },
  };
}

/** Fit to stand between quotes. */
function escaped(text: string | undefined): string | undefined {
  return text === undefined ? undefined : JSON.stringify(text).slice(1, -1);
}
