// CORS of a function URL: preflights are answered without the function, other answers get the headers.
// https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors

import type { HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import type { Cors } from "../../../models/lambda.d.ts";

export function preflight(cors: Cors | undefined, request: HttpRequest): HttpResponse | undefined {
  if (cors === undefined || request.method !== "OPTIONS" || request.headers["origin"] === undefined) return undefined;
  const headers: Record<string, string> = { ...corsHeaders(cors, request) };
  if (headers["access-control-allow-origin"] !== undefined) {
    if ((cors.AllowMethods ?? []).length > 0)
      headers["access-control-allow-methods"] = (cors.AllowMethods ?? []).join(",");
    if ((cors.AllowHeaders ?? []).length > 0)
      headers["access-control-allow-headers"] = (cors.AllowHeaders ?? []).join(",");
    if (cors.MaxAge !== undefined) headers["access-control-max-age"] = String(cors.MaxAge);
  }
  return { status: 200, headers, body: "" };
}

export function corsHeaders(cors: Cors | undefined, request: HttpRequest): Readonly<Record<string, string>> {
  const origin = request.headers["origin"];
  if (cors === undefined || origin === undefined) return {};
  const allowed = (cors.AllowOrigins ?? []).some((each) => each === "*" || each === origin || wildcard(each, origin));
  if (!allowed) return {};
  const any = (cors.AllowOrigins ?? []).includes("*") && cors.AllowCredentials !== true;
  return {
    "access-control-allow-origin": any ? "*" : origin,
    ...(any ? {} : { vary: "Origin" }),
    ...(cors.AllowCredentials === true ? { "access-control-allow-credentials": "true" } : {}),
    ...((cors.ExposeHeaders ?? []).length > 0
      ? { "access-control-expose-headers": (cors.ExposeHeaders ?? []).join(",") }
      : {}),
  };
}

function wildcard(pattern: string, origin: string): boolean {
  return (
    pattern.includes("*") &&
    new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*")}$`).test(origin)
  );
}
