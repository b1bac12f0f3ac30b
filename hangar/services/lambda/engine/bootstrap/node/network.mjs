// Keeps a function's calls inside: names of ours lead to the endpoint, and nothing reaches the real amazonaws.com.

import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

const AMAZON = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|on\.aws)$/i;

/** `endpoint`: origin of the cloud, e.g. `http://127.0.0.1:4566`. */
export function keepInside(endpoint) {
  const origin = new URL(endpoint);
  const port = origin.port === "" ? (origin.protocol === "https:" ? "443" : "80") : origin.port;
  const isOurs = (host) =>
    host === origin.hostname ||
    host === "localhost" ||
    host === "127.0.0.1" ||
    host.endsWith(".localhost") ||
    host.endsWith(`.${origin.hostname}`) ||
    host.endsWith(`-${origin.hostname}`);
  patchLookup(isOurs, origin.hostname);
  patchHttps(isOurs, { host: origin.hostname, port, secure: origin.protocol === "https:" });
  patchFetch(isOurs, origin);
  syncBuiltinESMExports();
}

/** Names such as `bucket.localhost` and `sync-localhost` resolve nowhere by themselves. */
function patchLookup(isOurs, host) {
  const lookup = dns.lookup;
  const target = host === "localhost" || host.endsWith(".localhost") ? "127.0.0.1" : host;
  dns.lookup = function lookupInside(name, options, callback) {
    const done = typeof options === "function" ? options : callback;
    if (AMAZON.test(name)) {
      const error = new Error(
        `Hangar refuses the connection to ${name}: the real AWS is never called. Use the SDK's default endpoint (AWS_ENDPOINT_URL) or a URL this cloud handed out.`,
      );
      return queueMicrotask(() => done(Object.assign(error, { code: "EHOSTUNREACH", hostname: name })));
    }
    return lookup.call(dns, isOurs(name) && name !== host ? target : name, options, callback);
  };
}

/** The CDK's custom resource handlers answer by https to the ResponseURL's host and drop its port. */
function patchHttps(isOurs, target) {
  const wrap = (original, send) =>
    function requestInside(...values) {
      const [url, options, callback] = normalise(values);
      const host =
        options.hostname ??
        (options.host === undefined ? url?.hostname : String(options.host).split(":")[0]) ??
        "localhost";
      const port = String(options.port ?? url?.port ?? "");
      if (!(AMAZON.test(host) || (isOurs(host) && (port === "" || port === "443"))))
        return original.apply(https, values);
      const path = options.path ?? (url === undefined ? "/" : `${url.pathname}${url.search}`);
      const { agent: _agent, protocol: _protocol, host: _host, hostname: _hostname, port: _port, ...rest } = options;
      const hasHost = Object.keys(options.headers ?? {}).some((name) => name.toLowerCase() === "host");
      const headers = hasHost
        ? options.headers
        : { ...options.headers, Host: isOurs(host) ? `${host}:${target.port}` : host };
      return send({ ...rest, host: target.host, port: target.port, path, headers }, callback);
    };
  const { request, get } = https;
  https.request = wrap(request, (options, callback) =>
    target.secure ? request.call(https, options, callback) : http.request(options, callback),
  );
  https.get = wrap(get, (options, callback) =>
    target.secure ? get.call(https, options, callback) : http.get(options, callback),
  );
}

function normalise([first, second, third]) {
  if (typeof first === "string" || first instanceof URL) {
    const url = new URL(first);
    return typeof second === "function" ? [url, {}, second] : [url, second ?? {}, third];
  }
  return [undefined, first ?? {}, second];
}

function patchFetch(isOurs, origin) {
  const original = globalThis.fetch;
  if (original === undefined) return;
  globalThis.fetch = function fetchInside(input, init) {
    const url = typeof input === "string" || input instanceof URL ? new URL(input) : undefined;
    if (url === undefined || url.protocol !== "https:") return original(input, init);
    if (!isOurs(url.hostname) || (url.port !== "" && url.port !== "443")) return original(input, init);
    url.protocol = origin.protocol;
    url.port = origin.port;
    return original(url, init);
  };
}
