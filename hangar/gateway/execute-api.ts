// Where requests for APIs are addressed: AWS's host name, or a path that needs no name resolution.

import type { HttpRequest } from "../cloud/service.ts";

export type Address = {
  /** An API's id, or the custom domain name that stands for it. */
  readonly api: string;
  readonly region?: string | undefined;
  /** Raw, begins with a slash: the stage (or base path) and all below it. */
  readonly path: string;
  /** As the caller knows us, when the host names the API. */
  readonly host?: string | undefined;
  /** The VPC endpoint whose name stands beside the API's: `<api>-<endpoint>.execute-api.…`. */
  readonly endpoint?: string | undefined;
};

const HOST = /^((?:d-)?[a-z0-9]+)(?:-(vpce-[a-z0-9]+))?\.execute-api\.(.+)$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const PATHS = /^\/_aws\/execute-api\/([A-Za-z0-9.-]+)(\/.*)?$/;
const LOCALSTACK = /^\/restapis\/([A-Za-z0-9]+)\/([^/]+)\/_user_request_(\/.*)?$/;

export function addressOf({ host, path }: Pick<HttpRequest, "host" | "path">): Address | undefined {
  const [, id, endpoint, rest = ""] = HOST.exec(host) ?? [];
  if (id !== undefined) {
    const first = rest.split(".")[0] ?? "";
    return { api: id, path, host, endpoint, ...(REGION.test(first) ? { region: first } : {}) };
  }
  const [, name, below = "/"] = PATHS.exec(path) ?? [];
  if (name !== undefined) return { api: name, path: below };
  const [, api, stage = "", under = "/"] = LOCALSTACK.exec(path) ?? [];
  return api === undefined ? undefined : { api, path: `/${stage}${under}` };
}

/** The first segment and what is below it: slashes before either count once. */
export function splitStage(path: string): { readonly stage: string; readonly below: string } {
  const trimmed = path.replace(/^\/+/, "");
  const slash = trimmed.indexOf("/");
  if (slash < 0) return { stage: trimmed, below: "/" };
  return { stage: trimmed.slice(0, slash), below: trimmed.slice(slash).replace(/^\/+/, "/") };
}

const CONNECTIONS = "/@connections/";

/** Calls about a WebSocket connection stand below the stage of its API. Objects in buckets may have such names, too. */
export function isOfConnection({ host, path, headers }: Pick<HttpRequest, "host" | "path" | "headers">): boolean {
  if (!path.includes(CONNECTIONS)) return false;
  if (host.includes(".execute-api.") || path.startsWith("/_aws/execute-api/")) return true;
  return headers["authorization"]?.includes("/execute-api/aws4_request") === true;
}

/** The path as the API's model has it, without whatever names the API and the stage. */
export function connectionPath(path: string): string {
  return path.slice(path.indexOf(CONNECTIONS));
}
