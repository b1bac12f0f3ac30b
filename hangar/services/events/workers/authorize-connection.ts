// Fetches an OAuth connection's token from its authorization endpoint.

import { reachable } from "../../../cloud/reachable-url.ts";
import { senderHeaders } from "../../../cloud/sender.ts";
import { callApi } from "../engine/call-api.ts";
import { tokenRequest } from "../rules/api-destination.ts";
import type { EventsContext } from "../store.ts";

export async function authorize({ name }: { readonly name: string }, context: EventsContext): Promise<void> {
  const { store, clock, endpoint } = context;
  const request = tokenRequest(store.connections.get(name)?.auth ?? {});
  if (request === undefined) return;
  const url = reachable(request.url, endpoint);
  const headers = { ...request.headers, ...senderHeaders(context, url) };
  const { status, text } = await callApi({ ...request, url, headers });
  const connection = store.connections.get(name);
  // It may have been deleted, or changed, while the endpoint was asked.
  if (connection === undefined || connection.auth.OAuthParameters === undefined) return;
  const token = status >= 200 && status < 300 ? tokenIn(text) : undefined;
  store.connections.put(
    name,
    token === undefined
      ? {
          ...connection,
          state: "DEAUTHORIZED",
          stateReason: `The authorization endpoint answered with status ${status}.`,
        }
      : { ...connection, state: "AUTHORIZED", stateReason: undefined, token, authorized: clock.now() },
  );
}

function tokenIn(text: string): string | undefined {
  try {
    const { access_token: token } = JSON.parse(text) as { readonly access_token?: unknown };
    return typeof token === "string" ? token : undefined;
  } catch {
    return undefined;
  }
}
