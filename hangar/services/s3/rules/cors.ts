// Cross-origin rules: which S3 refuses, and which rule answers a request.

import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import type { CORSRule } from "../../../models/s3.d.ts";

export const METHODS = ["GET", "PUT", "HEAD", "POST", "DELETE"];

/** What a header may be called, with a wildcard. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

export function checkCors(rules: readonly CORSRule[]): void {
  if (rules.length === 0) throw malformedXml();
  if (rules.length > 100) {
    throw invalidRequest("The number of CORS rules should not exceed allowed limit of 100 rules.");
  }
  for (const rule of rules) {
    if ((rule.ID ?? "").length > 255)
      throw invalidArgument("ID length should not exceed allowed limit of 255", "ID", rule.ID);
    if (rule.AllowedMethods === undefined || rule.AllowedOrigins === undefined) throw malformedXml();
    for (const method of rule.AllowedMethods) {
      if (!METHODS.includes(method))
        throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${method}`);
    }
    for (const origin of rule.AllowedOrigins) {
      if (origin.split("*").length > 2)
        throw invalidRequest(`AllowedOrigin "${origin}" can not have more than one wildcard.`);
    }
    for (const header of rule.AllowedHeaders ?? []) {
      if (header.split("*").length > 2)
        throw invalidRequest(`AllowedHeader "${header}" can not have more than one wildcard.`);
      if (!TOKEN.test(header)) throw invalidRequest(`AllowedHeader "${header}" contains invalid character.`);
    }
    for (const header of rule.ExposeHeaders ?? []) {
      if (header.includes("*"))
        throw invalidRequest(
          `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
        );
      if (!TOKEN.test(header)) throw invalidRequest(`ExposeHeader "${header}" contains invalid character.`);
    }
  }
}

export type CrossOrigin = { readonly origin: string; readonly method: string; readonly headers: readonly string[] };

/** The first rule that allows all of it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html */
export function ruleFor(rules: readonly CORSRule[], { origin, method, headers }: CrossOrigin): CORSRule | undefined {
  return rules.find(
    (rule) =>
      rule.AllowedOrigins.some((each) => fits(each, origin)) &&
      rule.AllowedMethods.includes(method) &&
      headers.every(
        (header) => rule.AllowedHeaders?.some((each) => fits(each.toLowerCase(), header.toLowerCase())) === true,
      ),
  );
}

function fits(pattern: string, text: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}

export function corsHeaders(rule: CORSRule, { origin, headers }: CrossOrigin): Record<string, string> {
  const anyOrigin = rule.AllowedOrigins.includes("*");
  return {
    "Access-Control-Allow-Origin": anyOrigin ? "*" : origin,
    ...(anyOrigin ? {} : { "Access-Control-Allow-Credentials": "true" }),
    "Access-Control-Allow-Methods": rule.AllowedMethods.join(", "),
    ...(headers.length === 0
      ? {}
      : { "Access-Control-Allow-Headers": headers.map((each) => each.toLowerCase()).join(", ") }),
    ...(rule.ExposeHeaders === undefined || rule.ExposeHeaders.length === 0
      ? {}
      : { "Access-Control-Expose-Headers": rule.ExposeHeaders.join(", ") }),
    ...(rule.MaxAgeSeconds === undefined ? {} : { "Access-Control-Max-Age": String(rule.MaxAgeSeconds) }),
    Vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

type Request = { readonly method: string; readonly headers: Readonly<Record<string, string>> };

/** What an answer tells a page of another origin. A request that says what its preflight would is judged by that. */
export function crossOriginHeaders(
  rules: readonly CORSRule[] | undefined,
  { method, headers }: Request,
): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || rules === undefined) return {};
  const asked = {
    origin,
    method: headers["access-control-request-method"] ?? method,
    headers: headerList(headers["access-control-request-headers"]),
  };
  const rule = ruleFor(rules, asked);
  return rule === undefined ? {} : corsHeaders(rule, asked);
}

export function headerList(text: string | undefined): readonly string[] {
  return text === undefined
    ? []
    : text
        .split(",")
        .map((each) => each.trim())
        .filter((each) => each !== "");
}
