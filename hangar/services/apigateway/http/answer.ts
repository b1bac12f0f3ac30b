// What an API answers, and the HTTP response it becomes.

import type { HttpResponse } from "../../../cloud/service.ts";
import type { Invocation } from "../rules/invocation.ts";

export type HeaderPair = readonly [string, string];

export type Answer = {
  readonly status: number;
  /** In order; a name may come again. */
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array | string;
  /** The body of an answer that is given as it comes; `body` is then empty. */
  readonly stream?: AsyncIterable<Uint8Array>;
};

export function responseOf({ requestId, extendedRequestId }: Invocation, answer: Answer): HttpResponse {
  const own: HeaderPair[] = [
    ["x-amzn-RequestId", requestId],
    ["x-amz-apigw-id", extendedRequestId],
  ];
  const headers = gathered([...own, ...answer.headers]);
  return { status: answer.status, headers, body: answer.stream ?? answer.body };
}

/** Names differ by more than case; values of one name are a list. */
function gathered(pairs: readonly HeaderPair[]): Record<string, string | string[]> {
  const names = new Map<string, string>();
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) {
    const known = names.get(name.toLowerCase());
    if (known === undefined) {
      names.set(name.toLowerCase(), name);
      headers[name] = value;
    } else headers[known] = [headers[known] ?? [], value].flat();
  }
  return headers;
}
