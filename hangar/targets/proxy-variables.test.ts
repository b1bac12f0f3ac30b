// Which proxy variables the CDK CLI obeys, and for which hosts.

import { expect, test } from "vitest";
import { proxyFor } from "./proxy-variables.ts";

const PROXY = "http://proxy:3128";
const STS = "https://sts.eu-west-1.amazonaws.com";

const PROXIED: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [STS, { HTTPS_PROXY: PROXY }, "HTTPS_PROXY"],
  [STS, { https_proxy: PROXY, HTTPS_PROXY: "http://other" }, "https_proxy"],
  [STS, { ALL_PROXY: PROXY }, "ALL_PROXY"],
  [STS, { npm_config_proxy: PROXY }, "npm_config_proxy"],
  [STS, { HTTPS_PROXY: PROXY, NO_PROXY: "localhost,127.0.0.1" }, "HTTPS_PROXY"],
  [STS, { HTTPS_PROXY: PROXY, NO_PROXY: "amazonaws.com" }, "HTTPS_PROXY"],
  [STS, { HTTPS_PROXY: PROXY, NO_PROXY: ".amazonaws.com:80" }, "HTTPS_PROXY"],
  ["http://localhost:4566", { HTTP_PROXY: PROXY }, "HTTP_PROXY"],
];

test.for(PROXIED)("%s with %j goes through a proxy", ([url, variables, name]) => {
  expect(proxyFor(new URL(url), variables)).toEqual({ name, proxy: PROXY });
});

const STRAIGHT: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  [STS, {}],
  [STS, { HTTPS_PROXY: "" }],
  [STS, { HTTP_PROXY: PROXY }],
  [STS, { HTTPS_PROXY: PROXY, NO_PROXY: "*" }],
  [STS, { HTTPS_PROXY: PROXY, NO_PROXY: "localhost, .amazonaws.com" }],
  [STS, { HTTPS_PROXY: PROXY, no_proxy: "*.amazonaws.com:443" }],
  ["https://localhost:4600", { HTTPS_PROXY: PROXY, NO_PROXY: "localhost:4600" }],
];

test.for(STRAIGHT)("%s with %j goes there straight", ([url, variables]) => {
  expect(proxyFor(new URL(url), variables)).toBeUndefined();
});

test("a proxy's password is not repeated", () => {
  expect(proxyFor(new URL(STS), { HTTPS_PROXY: "http://me:secret@proxy:3128" })?.proxy).toBe(PROXY);
});
