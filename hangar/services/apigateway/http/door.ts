// The front door of REST APIs: a request for a stage, through its deployment, to an HTTP response.

import type { CallContext } from "../../../cloud/context.ts";
import { findNamed, registeredName } from "../../../cloud/placed-tables.ts";
import type { HttpDoor, HttpResponse } from "../../../cloud/service.ts";
import { domainKeys } from "../rules/domain-name.ts";
import type { ApiGatewayContext, Tables } from "../store.ts";
import { addressOf, type Address } from "../../../gateway/execute-api.ts";
import { responseOf } from "./answer.ts";
import { headerBytes, MOST_HEADER_BYTES, readBody } from "../../../gateway/api-request.ts";
import { newInvocation } from "./read-invocation.ts";
import { serve } from "./serve.ts";
import { targetOf, type Place } from "./target.ts";

export const door: HttpDoor<Tables> = {
  name: "apigateway.execute-api",
  match(request, world) {
    const address = addressOf(request);
    return address === undefined ? door.named?.(request, world) : { region: address.region, data: address };
  },
  named({ host, path }, world) {
    const name = registeredName(host);
    if (name === undefined) return undefined;
    const found = findNamed(world, "apigateway/domains", domainKeys(name));
    return found === undefined ? undefined : { ...found, data: { api: name, path } satisfies Address };
  },
  async handle(request, address: Address, context) {
    const target = targetOf(context, address);
    if (target === undefined) return forbidden(context);
    if ("mapped" in target) return contextAt(context, target.place).ports.httpApis.serve(request, target.mapped);
    if (headerBytes(request) > MOST_HEADER_BYTES) return tooLarge("HTTP header is larger than 10240 bytes.");
    const body = await readBody(request);
    if (body === undefined) return tooLarge("HTTP content length exceeded 10485760 bytes.");
    const invocation = newInvocation({ context: contextAt(context, target), request, address, target });
    return responseOf(invocation, await serve(invocation, body));
  },
  async connect(request, address: Address, context) {
    const target = targetOf(context, address);
    // REST APIs have no WebSockets.
    if (target === undefined || !("mapped" in target)) return forbidden(context);
    const { place, mapped } = target;
    const portOf = (later: ApiGatewayContext) => contextAt(later, place).ports.httpApis;
    const client = await portOf(context).connect(request, mapped);
    if ("status" in client) return client;
    return {
      headers: client.headers,
      limits: client.limits,
      opened: (socket, later) => portOf(later).opened(client, socket),
      message: (data, later) => portOf(later).message(client, data),
      closed: (code, reason, later) => portOf(later).closed(client, code, reason),
    };
  },
};

/** Before an API sees the request: no gateway response words it. */
function tooLarge(body: string): HttpResponse {
  return { status: 413, headers: { "Content-Type": "text/plain" }, body };
}

function forbidden(context: ApiGatewayContext): HttpResponse {
  return {
    status: 403,
    headers: {
      "Content-Type": "application/json",
      "x-amzn-RequestId": context.ids.uuid(),
      "x-amzn-ErrorType": "ForbiddenException",
      "x-amz-apigw-id": `${context.ids.alphanumeric(15)}=`,
    },
    body: '{"message":"Forbidden"}',
  };
}

/** An API is served where it lives, not where the request seemed to come in. */
function contextAt(context: ApiGatewayContext, { account, region }: Place): ApiGatewayContext {
  if (context.account === account && context.region === region) return context;
  const { cloud } = context as unknown as CallContext;
  const definition = cloud.loaded(context.service);
  if (definition === undefined) return context;
  return cloud.contextFor(definition, context as unknown as CallContext, {
    account,
    region,
  }) as unknown as ApiGatewayContext;
}
