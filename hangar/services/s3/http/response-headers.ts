// Headers of S3's answers that no member holds: CORS, and what goes with errors.

import type { RequestFacts } from "../../../cloud/operation.ts";
import { corsHeaders, ruleFor } from "../rules/cors.ts";
import { lookUp } from "../rules/find-bucket.ts";
import type { Context } from "../store.ts";

type Facts = { readonly operation: string; readonly input: unknown; readonly request: RequestFacts };

export function responseHeaders({ input, request }: Facts, context: Context): Readonly<Record<string, string>> {
  const { origin, "x-amz-request-payer": payer } = request.headers;
  if (origin === undefined && payer === undefined) return NONE;
  const cors = origin === undefined ? NONE : corsOf(origin, { input, request }, context);
  return payer === "requester" && isCharged(input, context) ? { ...cors, "x-amz-request-charged": "requester" } : cors;
}

/** Who asks of another's bucket where requesters pay. */
function isCharged(input: unknown, context: Context): boolean {
  const bucket = lookUp(context, (input as { readonly Bucket?: string }).Bucket ?? "")?.bucket;
  return bucket?.payer === "Requester" && bucket.account !== context.caller.account;
}

function corsOf(
  origin: string,
  { input, request }: Pick<Facts, "input" | "request">,
  context: Context,
): Readonly<Record<string, string>> {
  const name = (input as { readonly Bucket?: unknown } | undefined)?.Bucket;
  if (typeof name !== "string") return NONE;
  const cors = lookUp(context, name)?.bucket.cors;
  if (cors === undefined) return NONE;
  const asked = { origin, method: request.method, headers: [] };
  const rule = ruleFor(cors, asked);
  return rule === undefined ? NONE : corsHeaders(rule, asked);
}

const NONE: Readonly<Record<string, string>> = {};
