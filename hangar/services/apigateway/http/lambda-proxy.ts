// Lambda proxy integrations: the request as an event, the function's answer as the response.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html

import type { Integration } from "../../../models/apigateway.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { failures } from "../rules/failure.ts";
import { integrationArn } from "../../../kernel/integration-arn.ts";
import { functionOf, isStreamUri } from "../rules/integration.ts";
import { withStageVariables } from "../rules/integration-message.ts";
import { header, isBinary, mediaType, type HeaderEntry, type Invocation } from "../rules/invocation.ts";
import { proxyEvent, type ProxyEvent } from "../rules/lambda-event.ts";
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
  const mapped = mappedHeaders(invocation, integration);
  const event = JSON.stringify(withMapped(proxyEvent(invocation, binaryTypes), mapped));
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

function mappedHeaders(invocation: Invocation, integration: Integration): ReadonlyMap<string, HeaderEntry> {
  const headers = new Map<string, HeaderEntry>();
  mapParameters(invocation, integration, { headers, query: new Map(), path: new Map(), body: invocation.body });
  for (const name of invocation.headers.keys()) headers.delete(name);
  return headers;
}

/** Of what the integration maps only headers reach a function, and only those that the caller did not send. */
function withMapped(event: ProxyEvent, mapped: ReadonlyMap<string, HeaderEntry>): ProxyEvent {
  if (mapped.size === 0) return event;
  const entries = [...mapped.values()];
  return {
    ...event,
    headers: {
      ...event.headers,
      ...Object.fromEntries(entries.map(({ name, values }) => [name, values.at(-1) ?? ""])),
    },
    multiValueHeaders: {
      ...event.multiValueHeaders,
      ...Object.fromEntries(entries.map(({ name, values }) => [name, values])),
    },
  };
}

/** What the caller accepts first decides, whatever the function says its answer is. */
function acceptsBinary(invocation: Invocation): boolean {
  const accepted = mediaType(header(invocation, "accept")?.split(",")[0]);
  return isBinary(accepted, invocation.compiled.binaryTypes);
}
