// Lambda proxy integrations: the request as an event, the function's answer as the response.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html

import type { Integration } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { integrationArn } from "../../../kernel/integration-arn.ts";
import { functionOf, isStreamUri } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { header, isBinary, mediaType, type Invocation } from "../rules/invocation.ts";
import { proxyEvent } from "../rules/lambda-event.ts";
import { proxyResponse } from "../rules/proxy-response.ts";
import { mapParameters } from "../rules/request-mapping.ts";
import { functionHeaders } from "../rules/remapped-headers.ts";
import type { Answer } from "./answer.ts";
import { invokeFunction } from "./invoke-function.ts";
import { streamedFunction } from "./streamed-function.ts";

export async function lambdaProxy(invocation: Invocation, integration: Integration): Promise<Answer> {
  const uri = withStageVariables(integration.uri ?? "", invocation.stage.variables);
  const name = functionOf(uri);
  if (name === undefined) throw notEmulated(`AWS_PROXY integrations with ${integrationArn(uri)?.service ?? uri}`);
  const { compiled, context, startedAt } = invocation;
  const { binaryTypes } = compiled;
  checkMapped(invocation, integration);
  const event = JSON.stringify(proxyEvent(invocation, binaryTypes));
  const streams = integration.responseTransferMode === "STREAM";
  // Each mode has an operation of Lambda's whose answer it can read.
  if (streams !== isStreamUri(uri)) throw failures.badGateway();
  if (streams) return streamedFunction(invocation, integration, event);
  const { payload, functionError } = await invokeFunction(invocation, integration, event);
  invocation.integration = { status: 200, latency: context.clock.now() - (invocation.integrationAt ?? startedAt) };
  const answer = functionError === undefined ? proxyResponse(payload) : undefined;
  if (answer === undefined) throw failures.badGateway();
  const decode = answer.isBase64 && acceptsBinary(invocation);
  return {
    status: answer.status,
    headers: functionHeaders(invocation, answer.headers),
    body: decode ? Buffer.from(answer.body, "base64") : answer.body,
  };
}

/** Nothing that an integration maps reaches a function; what may not be mapped is refused all the same. */
function checkMapped(invocation: Invocation, integration: Integration): void {
  mapParameters(invocation, integration, { headers: new Map(), query: new Map(), path: new Map(), body: NOTHING });
}

const NOTHING = Buffer.alloc(0);

/** What the caller accepts first decides, whatever the function says its answer is. */
function acceptsBinary(invocation: Invocation): boolean {
  const accepted = mediaType(header(invocation, "accept")?.split(",")[0]);
  return isBinary(accepted, invocation.compiled.binaryTypes);
}
