// Delivers an event to an API destination, under its connection's authorization and the target's role.

import { reachable } from "../../../cloud/reachable-url.ts";
import { senderHeaders } from "../../../cloud/sender.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { HttpParameters } from "../../../models/events.d.ts";
import type { DeliveryOptions } from "../../../ports/targets.ts";
import { callApi } from "../engine/call-api.ts";
import { accessDenied, apiFailed } from "../errors.ts";
import { apiDestinationAt, requestOf } from "../rules/api-destination.ts";
import { connectionAt } from "../rules/connection.ts";
import type { EventsContext } from "../store.ts";
import { authorize } from "./authorize-connection.ts";

export type ApiDelivery = { readonly arn: string; readonly event: string; readonly options: DeliveryOptions };

const RETRIED = new Set([401, 407, 409, 429]);

export async function invokeApi(context: EventsContext, { arn, event, options }: ApiDelivery): Promise<void> {
  checkRole(context, arn, options);
  const destination = apiDestinationAt(context, parseArn(arn)?.resource.split("/")[1] ?? "", "invoke");
  const connection = connectionAt(context, destination.connection, "invoke");
  if (connection.state !== "AUTHORIZED")
    throw apiFailed(`Connection ${connection.name} is ${connection.state}.`, false);
  const http = options.parameters?.["HttpParameters"] as HttpParameters | undefined;
  const request = requestOf({ destination, connection, http, event });
  const url = reachable(request.url, context.endpoint);
  const headers = { ...request.headers, ...senderHeaders(context, url) };
  const { status, text } = await callApi({ ...request, url, headers });
  if (status >= 200 && status < 300) return;
  if (status === 401) await authorize({ name: connection.name }, context);
  const final = status >= 300 && status < 500 && !RETRIED.has(status);
  throw apiFailed(status === 0 ? text : `The API answered with status ${status}: ${text.slice(0, 500)}`, final);
}

/** The target's role must be allowed to call the destination. */
function checkRole({ ports }: EventsContext, arn: string, { as, roleArn }: DeliveryOptions): void {
  if (roleArn === undefined) return;
  const caller = ports.access.roleCaller(roleArn, as.service, "events", as.sourceArn);
  const { allowed, message } = ports.access.decide(
    caller,
    [{ action: "events:InvokeApiDestination", resource: arn }],
    {},
  );
  if (!allowed) throw accessDenied(message);
}
