// Headers of S3's answers that no member holds: CORS, and what goes with errors.

import type { RequestFacts } from "../../../cloud/operation.ts";
import { corsHeaders, ruleFor } from "../rules/cors.ts";
import { lookUp } from "../rules/find-bucket.ts";
import type { Context } from "../store.ts";

type Facts = { readonly operation: string; readonly input: unknown; readonly request: RequestFacts };

export function responseHeaders({ input, request }: Facts, context: Context): Readonly<Record<string, string>> {
  const { origin } = request.headers;
  const name = (input as { readonly Bucket?: unknown } | undefined)?.Bucket;
  if (origin === undefined || typeof name !== "string") return NONE;
  const cors = lookUp(context, name)?.bucket.cors;
  if (cors === undefined) return NONE;
  const asked = { origin, method: request.method, headers: [] };
  const rule = ruleFor(cors, asked);
  return rule === undefined ? NONE : corsHeaders(rule, asked);
}

const NONE: Readonly<Record<string, string>> = {};
