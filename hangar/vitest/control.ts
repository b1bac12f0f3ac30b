// Calls to a world's own paths below /_hangar/.

import { decodeRow } from "../kernel/row-json.ts";

export type Control = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

/** Throws an Error with the cloud's own words. */
export function controlOf(endpoint: string): Control {
  return async (method, path, body) => {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${endpoint}/_hangar/${path}`, { method, ...sent });
    const answer = decodeRow(await response.text()) as { readonly message?: string };
    if (!response.ok) throw new Error(answer.message ?? `${method} ${path}: ${response.status}`);
    return answer;
  };
}
