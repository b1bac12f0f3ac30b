// Website configurations that S3 refuses, and some that it takes.

import { describe, expect, test } from "vitest";
import type { Condition, Redirect, WebsiteConfiguration } from "../../../models/s3.d.ts";
import { checkWebsite } from "./websites.ts";

const IndexDocument = { Suffix: "index.html" };

function refusal(website: WebsiteConfiguration): string {
  try {
    checkWebsite(website);
    return "taken";
  } catch (error) {
    const { name, message } = error as Error;
    return name === "MalformedXML" ? name : `${name}: ${message}`;
  }
}

describe("a website", () => {
  const suffix = "InvalidArgument: The IndexDocument Suffix is not well formed";
  const none = "InvalidArgument: A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty";
  const alone = "InvalidArgument: RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.";
  const protocol =
    "InvalidRequest: Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.";
  const all = { HostName: "example.com" };

  test.each<[string, WebsiteConfiguration]>([
    ["taken", { IndexDocument }],
    ["taken", { RedirectAllRequestsTo: all }],
    [none, {}],
    [none, { ErrorDocument: { Key: "error.html" } }],
    [suffix, { IndexDocument: { Suffix: "" } }],
    [suffix, { IndexDocument: { Suffix: "/index.html" } }],
    ["InvalidArgument: The ErrorDocument Key is not well formed", { IndexDocument, ErrorDocument: { Key: "" } }],
    [alone, { RedirectAllRequestsTo: all, IndexDocument }],
    [protocol, { RedirectAllRequestsTo: { ...all, Protocol: "ftp" } }],
    ["MalformedXML", { IndexDocument, RoutingRules: [] }],
  ])("%s: %j", (expected, website) => {
    expect(refusal(website)).toBe(expected);
  });

  test("has at most fifty routing rules", () => {
    const rules = (count: number) => Array.from({ length: count }, () => ({ Redirect: all }));
    expect(refusal({ IndexDocument, RoutingRules: rules(50) })).toBe("taken");
    expect(refusal({ IndexDocument, RoutingRules: rules(51) })).toBe(
      "InvalidRequest: 51 routing rules provided, the number of routing rules in a website configuration is limited to 50.",
    );
  });
});

describe("a routing rule", () => {
  const redirects = (code: string): string =>
    `InvalidRequest: The provided HTTP redirect code (${code}) is not valid. Valid codes are 3XX except 300.`;
  const fails = (code: string): string =>
    `InvalidRequest: The provided HTTP error code (${code}) is not valid. Valid codes are 4XX or 5XX.`;

  test.each<[string, Redirect, Condition?]>([
    ["taken", { HttpRedirectCode: "302" }],
    ["taken", { HttpRedirectCode: "308" }],
    ...["300", "306", "309", "399", "200"].map((code): [string, Redirect] => [
      redirects(code),
      { HttpRedirectCode: code },
    ]),
    ["MalformedXML", { HttpRedirectCode: "3xx" }],
    ["taken", { HostName: "h" }, { HttpErrorCodeReturnedEquals: "404" }],
    ["taken", { HostName: "h" }, { HttpErrorCodeReturnedEquals: "503" }],
    ...["399", "418", "499", "506"].map((code): [string, Redirect, Condition] => [
      fails(code),
      { HostName: "h" },
      { HttpErrorCodeReturnedEquals: code },
    ]),
    ["MalformedXML", { HostName: "h" }, { HttpErrorCodeReturnedEquals: "jibberish" }],
    ["MalformedXML", {}, { KeyPrefixEquals: "docs/" }],
    [
      "InvalidRequest: You can only define ReplaceKeyPrefix or ReplaceKey but not both.",
      { ReplaceKeyWith: "a", ReplaceKeyPrefixWith: "b" },
    ],
    [
      "InvalidRequest: Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
      { HostName: "h" },
      {},
    ],
  ])("%s: %j %j", (expected, redirect, condition) => {
    const rule = { Redirect: redirect, ...(condition === undefined ? {} : { Condition: condition }) };
    expect(refusal({ IndexDocument, RoutingRules: [rule] })).toBe(expected);
  });
});
