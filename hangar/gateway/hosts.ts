// Which Host names are ours: a page on the web must not reach us under a name of its own (DNS rebinding).

import { isIP } from "node:net";

const OURS = [
  "localhost",
  "localhost.localstack.cloud",
  "host.docker.internal",
  "host.containers.internal",
  "amazonaws.com",
  "amazonaws.com.cn",
  "on.aws",
];

/** Addresses, names without a dot (compose services), and everything below the names above. */
export function isOurHost(host: string, extra: readonly string[] = []): boolean {
  if (host === "" || !host.includes(".") || isIP(host.replace(/^\[|\]$/g, "")) !== 0) return true;
  return [...OURS, ...extra].some((name) => host === name || host.endsWith(`.${name}`));
}
