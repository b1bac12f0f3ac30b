// Whether a call counts as made over TLS (aws:SecureTransport).

import type { Caller, RequestFacts } from "./operation.ts";

const AWS_HOST = /(^|\.)(amazonaws\.com(\.cn)?|on\.aws)(:\d+)?$/;

/**
 * Our plain HTTP endpoint stands in for AWS's HTTPS ones: a client that was pointed at it would speak TLS there, so a
 * bucket or queue with `enforceSSL` takes its calls. Plain HTTP to one of AWS's own names is what it says it is.
 */
export function countsAsTls(request: RequestFacts, caller: Caller): boolean {
  return request.secure || caller.kind === "service" || caller.via !== undefined || !AWS_HOST.test(request.host);
}
