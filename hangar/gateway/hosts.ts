// Which Host names are ours: a page on the web must not reach us under a name of its own (DNS rebinding).

import { isIP } from "node:net";

/** A call that a web page of another origin makes: browsers say so, and pages cannot keep them from it. */
export function fromForeignPage(headers: Readonly<Record<string, string>>): boolean {
  const { origin, host = "" } = headers;
  if (origin !== undefined) return origin !== `http://${host}` && origin !== `https://${host}`;
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}

const OURS = [
  "localhost",
  "localhost.localstack.cloud",
  "host.docker.internal",
  "host.containers.internal",
  "amazonaws.com",
  "amazonaws.com.cn",
  "amazoncognito.com",
  "on.aws",
];

/** Addresses, names without a dot (compose services), and everything below the names above. */
export function isOurHost(host: string, extra: readonly string[] = []): boolean {
  if (host === LOOPBACK || host === "" || !host.includes(".") || isIP(host.replace(/^\[|\]$/g, "")) !== 0) return true;
  return [...OURS, ...extra].some((name) => host === name || host.endsWith(`.${name}`));
}

/** Nearly every request's. */
const LOOPBACK = "127.0.0.1";
