// Headers of S3's answers that no member holds: CORS, and what goes with errors.

import type { RequestFacts } from "../../../cloud/operation.ts";
import { crossOriginHeaders } from "../rules/cors.ts";
import { lookUp } from "../rules/find-bucket.ts";
import type { Context } from "../store.ts";

type Facts = { readonly operation: string; readonly input: unknown; readonly request: RequestFacts };

export function responseHeaders(facts: Facts, context: Context): Readonly<Record<string, string>> {
  const named = ofBucket(facts, context);
  return facts.operation === "HeadBucket" ? { ...named, ...XML } : named;
}

function ofBucket({ input, request }: Facts, context: Context): Readonly<Record<string, string>> {
  const { origin, "x-amz-request-payer": payer } = request.headers;
  if (origin === undefined && payer === undefined) return NONE;
  const name = (input as { readonly Bucket?: unknown } | undefined)?.Bucket;
  const bucket = typeof name === "string" ? lookUp(context, name)?.bucket : undefined;
  if (bucket === undefined) return NONE;
  const cors = crossOriginHeaders(bucket.cors, request);
  // Who asks of another's bucket where requesters pay.
  const isCharged = payer === "requester" && bucket.payer === "Requester" && bucket.account !== context.caller.account;
  return isCharged ? { ...cors, "x-amz-request-charged": "requester" } : cors;
}

/** Of a body that a HEAD's answer has not. */
const XML: Readonly<Record<string, string>> = { "content-type": "application/xml" };
const NONE: Readonly<Record<string, string>> = {};
