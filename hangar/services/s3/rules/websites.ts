// Static websites: which configurations S3 refuses, and where its routing rules lead.

import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import type { RoutingRule, WebsiteConfiguration } from "../../../models/s3.d.ts";

const MOST_RULES = 50;
const REDIRECTS = /^30[1-578]$/;
/** Those that HTTP has. */
const FAILURES = /^(?:4(?:0\d|1[0-7]|2[1-689]|31|51)|50[0-578]|51[01])$/;

export function checkWebsite(website: WebsiteConfiguration): void {
  const { RedirectAllRequestsTo: all, IndexDocument: index, ErrorDocument: error, RoutingRules: rules } = website;
  if (rules?.length === 0) throw malformedXml();
  if (all !== undefined) {
    if (index !== undefined || error !== undefined || rules !== undefined) {
      const message = "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.";
      throw invalidArgument(message, "RedirectAllRequestsTo", "not null");
    }
    checkProtocol(all.Protocol);
    return;
  }
  if (index === undefined) {
    const message = "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty";
    throw invalidArgument(message, "IndexDocument", "null");
  }
  if (index.Suffix === undefined || index.Suffix === "" || index.Suffix.includes("/")) {
    throw invalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", index.Suffix);
  }
  if (error !== undefined && error.Key === undefined) throw malformedXml();
  if (error?.Key === "") throw invalidArgument("The ErrorDocument Key is not well formed", "ErrorDocument", "");
  if ((rules ?? []).length > MOST_RULES) {
    const limit = `the number of routing rules in a website configuration is limited to ${MOST_RULES}.`;
    throw invalidRequest(`${rules?.length} routing rules provided, ${limit}`);
  }
  for (const rule of rules ?? []) checkRoutingRule(rule);
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol === undefined || protocol === "http" || protocol === "https") return;
  throw invalidRequest(
    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
  );
}

function checkCode(code: string | undefined, valid: RegExp, [kind, range]: readonly [string, string]): void {
  if (code === undefined || valid.test(code)) return;
  if (!/^\d+$/.test(code)) throw malformedXml();
  throw invalidRequest(`The provided HTTP ${kind} code (${code}) is not valid. Valid codes are ${range}.`);
}

function checkRoutingRule({ Redirect: redirect, Condition: condition }: RoutingRule): void {
  if (Object.values(redirect).every((each) => each === undefined)) throw malformedXml();
  checkProtocol(redirect.Protocol);
  if (redirect.ReplaceKeyPrefixWith !== undefined && redirect.ReplaceKeyWith !== undefined) {
    throw invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
  }
  checkCode(redirect.HttpRedirectCode, REDIRECTS, ["redirect", "3XX except 300"]);
  checkCode(condition?.HttpErrorCodeReturnedEquals, FAILURES, ["error", "4XX or 5XX"]);
  if (
    condition !== undefined &&
    condition.HttpErrorCodeReturnedEquals === undefined &&
    condition.KeyPrefixEquals === undefined
  ) {
    throw invalidRequest(
      "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
    );
  }
}

/** The rule for a key; before reading (no status), only rules without an error code count. */
export function routeFor(
  rules: readonly RoutingRule[],
  key: string,
  status: number | undefined,
): RoutingRule | undefined {
  return rules.find(({ Condition: condition }) => {
    const code = condition?.HttpErrorCodeReturnedEquals;
    if (code !== undefined && code !== String(status)) return false;
    if (code === undefined && status !== undefined) return false;
    return condition?.KeyPrefixEquals === undefined || key.startsWith(condition.KeyPrefixEquals);
  });
}

export type Redirection = { readonly status: number; readonly location: string };

/** `base` is the website's own protocol and host. */
export function redirectionOf(
  rule: RoutingRule,
  key: string,
  base: { readonly protocol: string; readonly host: string },
): Redirection {
  const { Redirect: redirect, Condition: condition } = rule;
  const prefix = condition?.KeyPrefixEquals ?? "";
  const moved =
    redirect.ReplaceKeyWith ??
    (redirect.ReplaceKeyPrefixWith === undefined ? key : redirect.ReplaceKeyPrefixWith + key.slice(prefix.length));
  const host = redirect.HostName ?? base.host;
  const location = `${redirect.Protocol ?? base.protocol}://${host}/${encodePath(moved)}`;
  return { status: Number(redirect.HttpRedirectCode ?? "301"), location };
}

export function encodePath(path: string): string {
  return path
    .split("/")
    .map(encodeURIComponent)
    .join("/")
    .replaceAll("%3F", "?")
    .replaceAll("%23", "#")
    .replaceAll("%3D", "=")
    .replaceAll("%26", "&");
}
