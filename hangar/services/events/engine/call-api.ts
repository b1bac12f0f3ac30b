// One HTTP call to an API outside, as EventBridge makes it.

import { ask } from "../../../cloud/ask.ts";
import type { ApiRequest } from "../rules/api-destination.ts";

/** Status 0 when nobody answered. */
export type ApiAnswer = { readonly status: number; readonly text: string };

const TIMEOUT = 5000;
const SHOWN = 100_000;

export async function callApi({ method, url, headers, body }: ApiRequest): Promise<ApiAnswer> {
  try {
    const response = await ask(url, {
      method,
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return { status: response.status, text: (await response.text()).slice(0, SHOWN) };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 0, text: cause instanceof Error ? `${message}: ${cause.message}` : message };
  }
}
