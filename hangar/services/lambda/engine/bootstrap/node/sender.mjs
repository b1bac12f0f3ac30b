// Says on plain HTTP requests to the cloud which process asks and what for: its functions' URLs and APIs are the same in every fork.

import diagnostics from "node:diagnostics_channel";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const HEADER = "x-hangar-sender";

/** `endpoint`: origin of the cloud. Requests to anywhere else stay as they are. */
export function sayWhoAsks(endpoint) {
  const origin = new URL(endpoint);
  const port = origin.port === "" ? (origin.protocol === "https:" ? "443" : "80") : origin.port;
  const key = process.env.AWS_ACCESS_KEY_ID;
  const isCloud = (host, at) =>
    String(at) === port && (host === origin.hostname || host === "127.0.0.1" || /(^|\.)localhost$/.test(host));
  const value = () => `${key} ${process.env._X_AMZN_TRACE_ID ?? ""}`;
  patchRequest(isCloud, value);
  // fetch, and the undici package.
  diagnostics.subscribe("undici:request:create", ({ request }) => {
    const url = URL.canParse(request.origin) ? new URL(request.origin) : undefined;
    if (url !== undefined && isCloud(url.hostname, url.port)) request.addHeader(HEADER, value());
  });
}

function patchRequest(isCloud, value) {
  const { request } = http;
  http.request = function requestNamed(...values) {
    const made = request.apply(http, values);
    const [first, second] = values;
    const url = typeof first === "string" ? new URL(first) : first instanceof URL ? first : undefined;
    const options = (url === undefined ? first : typeof second === "object" ? second : undefined) ?? {};
    // Headers given as a list are on their way already.
    if (!made.headersSent && isCloud(made.host, options.port ?? url?.port ?? options.defaultPort ?? 80))
      made.setHeader(HEADER, value());
    return made;
  };
  http.get = function getNamed(...values) {
    const made = http.request(...values);
    made.end();
    return made;
  };
  syncBuiltinESMExports();
}
