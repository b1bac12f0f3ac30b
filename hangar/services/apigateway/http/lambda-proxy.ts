// Lambda proxy integrations: the request as an event, the function's answer as the response.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html

import type { Integration } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { functionOf, integrationArn } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { header, isBinary, mediaType, type Invocation } from "../rules/invocation.ts";
import { proxyEvent } from "../rules/lambda-event.ts";
import { proxyResponse } from "../rules/proxy-response.ts";
import { remapped } from "../rules/remapped-headers.ts";
import type { Answer } from "./answer.ts";
import { invokeFunction } from "./invoke-function.ts";

export async function lambdaProxy(invocation: Invocation, integration: Integration): Promise<Answer> {
  const uri = withStageVariables(integration.uri ?? "", invocation.stage.variables);
  const name = functionOf(uri);
  if (name === undefined) throw notEmulated(`AWS_PROXY integrations with ${integrationArn(uri)?.service ?? uri}`);
  const { binaryTypes } = invocation.compiled;
  const { payload, functionError } = await invokeFunction(
    invocation,
    integration,
    JSON.stringify(proxyEvent(invocation, binaryTypes)),
  );
  invocation.integration = { status: 200, latency: invocation.context.clock.now() - invocation.startedAt };
  const answer = functionError === undefined ? proxyResponse(payload) : undefined;
  if (answer === undefined) throw failures.badGateway();
  const headers = remapped(answer.headers);
  const typed = headers.some(([said]) => said.toLowerCase() === "content-type");
  const type = headers.find(([said]) => said.toLowerCase() === "content-type")?.[1];
  const decode = answer.isBase64 && acceptsBinary(invocation, type);
  return {
    status: answer.status,
    headers: [
      ...(typed ? [] : [["Content-Type", "application/json"] as const]),
      ["X-Amzn-Trace-Id", invocation.traceId],
      ...headers,
    ],
    body: decode ? Buffer.from(answer.body, "base64") : answer.body,
  };
}

/** The response is turned to bytes when what the caller accepts first, or what the function says it is, is binary. */
function acceptsBinary(invocation: Invocation, contentType: string | undefined): boolean {
  const { binaryTypes } = invocation.compiled;
  const accepted = mediaType(header(invocation, "accept")?.split(",")[0]);
  return (
    isBinary(accepted, binaryTypes) || (contentType !== undefined && isBinary(mediaType(contentType), binaryTypes))
  );
}
