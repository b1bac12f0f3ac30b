// Cross-origin requests: what an HTTP API's CORS configuration may say, and the headers it gives.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html

import type { Cors } from "../../../models/apigatewayv2.d.ts";
import { badRequest } from "../errors.ts";

export function checkCors(cors: Cors | undefined): void {
  if (cors === undefined) return;
  // AWS's words: https://github.com/aws/aws-cdk/issues/9076
  if (cors.AllowCredentials === true && cors.AllowOrigins?.includes("*") === true)
    throw badRequest("allow-credentials is not supported if 'allow-origin' is *");
  for (const origin of cors.AllowOrigins ?? [])
    if (origin !== "*" && !/^[a-z][a-z0-9+.-]*:\/\/.+$/i.test(origin))
      throw badRequest(`Invalid format for origin ${origin}. Origin should start with http:// or https://`);
}

/** `*`, an origin as it is, or `https://*`. */
function allowedOrigin(cors: Cors, origin: string): string | undefined {
  const origins = cors.AllowOrigins ?? [];
  if (origins.includes("*")) return "*";
  const fits = (each: string): boolean =>
    each.endsWith("*") ? origin.startsWith(each.slice(0, -1)) : each.toLowerCase() === origin.toLowerCase();
  return origins.some(fits) ? origin : undefined;
}

type Pair = readonly [string, string];

/** For an answer to a request of that origin; none where it is not allowed. */
export function corsHeaders(cors: Cors, origin: string): Pair[] {
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return [];
  const headers: Pair[] = [["access-control-allow-origin", allowed]];
  if (cors.AllowCredentials === true) headers.push(["access-control-allow-credentials", "true"]);
  if (cors.ExposeHeaders !== undefined && cors.ExposeHeaders.length > 0)
    headers.push(["access-control-expose-headers", cors.ExposeHeaders.join(",")]);
  return headers;
}

/** For a preflight: also which methods and headers may follow, and how long that holds. */
export function preflightHeaders(cors: Cors, origin: string): Pair[] {
  const headers = corsHeaders(cors, origin);
  if (headers.length === 0) return [];
  const { AllowMethods = [], AllowHeaders = [], MaxAge } = cors;
  if (AllowMethods.length > 0) headers.push(["access-control-allow-methods", AllowMethods.join(",")]);
  if (AllowHeaders.length > 0) headers.push(["access-control-allow-headers", AllowHeaders.join(",")]);
  if (MaxAge !== undefined) headers.push(["access-control-max-age", String(MaxAge)]);
  return headers;
}
