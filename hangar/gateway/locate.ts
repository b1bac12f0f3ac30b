// Which service a request is for, from its signature's scope, its target, its host or its form.

import { readFileSync } from "node:fs";
import type { ProtocolName, ServiceModel } from "../models/model.ts";
import type { Incoming } from "./exchange.ts";
import { isOfConnection } from "./execute-api.ts";

type Entry = {
  readonly service: string;
  readonly signingName: string;
  readonly endpointPrefix: string;
  readonly apiVersion: string;
  readonly targetPrefix?: string;
  readonly protocol: ProtocolName;
};

const directory = JSON.parse(
  readFileSync(new URL("./service-directory.json", import.meta.url), "utf8"),
) as readonly Entry[];

const bySigningName = group((entry) => entry.signingName);
const byTargetPrefix = group((entry) => entry.targetPrefix);
const byVersion = group((entry) =>
  entry.protocol === "awsQuery" || entry.protocol === "ec2Query" ? entry.apiVersion : undefined,
);
const byEndpointPrefix = group((entry) => entry.endpointPrefix);

function group(key: (entry: Entry) => string | undefined): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of directory) {
    const name = key(entry);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return groups;
}

/** rpcv2Cbor names the service as the JSON protocols' targets do. */
const RPC_PATH = /^\/service\/([^/]+)\/operation\//;

/** SQS and CloudWatch speak JSON today and form-encoded queries in older SDKs. */
const OLDER_VERSIONS: Readonly<Record<string, string>> = { "2012-11-05": "sqs", "2010-08-01": "cloudwatch" };

/** The service's name, or undefined when nothing names one. `scope` is the signature's service, if signed. */
export function locate(
  request: Incoming,
  scope: string | undefined,
  form: URLSearchParams | undefined,
): string | undefined {
  const target = request.headers["x-amz-target"];
  if (target !== undefined) {
    const found = ofTarget(target, scope);
    if (found !== undefined) return found;
  }
  const rpc = RPC_PATH.exec(request.path)?.[1];
  if (rpc !== undefined && request.headers["smithy-protocol"] === "rpc-v2-cbor") {
    const found = ofTarget(`${rpc}.`, scope);
    if (found !== undefined) return found;
  }
  if (scope !== undefined) {
    const candidates = bySigningName.get(scope) ?? byEndpointPrefix.get(scope);
    if (candidates !== undefined)
      return candidates.length === 1 ? candidates[0]?.service : among(candidates, request, form);
    return SCOPES[scope];
  }
  if (isOfConnection(request)) return "apigatewaymanagementapi";
  const version = form?.get("Version");
  if (version !== null && version !== undefined)
    return OLDER_VERSIONS[version] ?? ofForm(byVersion.get(version) ?? [], request);
  return ofHost(request.host);
}

/** What a request names that `locate` did not find: a service Hangar has never heard of. */
export function strangerOf(
  request: Incoming,
  scope: string | undefined,
  form: URLSearchParams | undefined,
): string | undefined {
  return scope ?? request.headers["x-amz-target"] ?? form?.get("Version") ?? undefined;
}

/** Enough of a model to answer such a request in the protocol it speaks. */
export function strangerModel(name: string): ServiceModel {
  const facts = { serviceId: name, apiVersion: "", endpointPrefix: name, signingName: name };
  return { service: name, ...facts, protocols: [], operations: {}, shapes: {} };
}

/** Signing names that are no model's own. */
const SCOPES: Readonly<Record<string, string>> = {
  s3express: "s3",
  "s3-object-lambda": "s3",
  "execute-api": "apigatewaymanagementapi",
};

function ofTarget(target: string, scope: string | undefined): string | undefined {
  const prefix = target.slice(0, target.lastIndexOf("."));
  // CloudTrail's prefix is long and dotted in some SDKs: its last segment is enough.
  const found = byTargetPrefix.get(prefix) ?? byTargetPrefix.get(prefix.slice(prefix.lastIndexOf(".") + 1));
  if (found === undefined) return undefined;
  return (found.find((entry) => entry.signingName === scope) ?? found[0])?.service;
}

function among(candidates: readonly Entry[], request: Incoming, form: URLSearchParams | undefined): string | undefined {
  const version = form?.get("Version");
  const ofVersion = candidates.find((entry) => entry.apiVersion === version);
  if (ofVersion !== undefined) return ofVersion.service;
  const names = candidates.map((entry) => entry.service);
  if (names.includes("apigatewayv2"))
    return request.path.startsWith("/v2/") || request.path.startsWith("/v2") ? "apigatewayv2" : "apigateway";
  if (names.includes("s3control")) return request.path.startsWith("/v20180820/") ? "s3control" : "s3";
  return names[0];
}

function ofForm(candidates: readonly Entry[], request: Incoming): string | undefined {
  const named = candidates.find((entry) => request.host.startsWith(`${entry.endpointPrefix}.`));
  return (named ?? candidates[0])?.service;
}

function ofHost(host: string): string | undefined {
  const first = host.slice(0, host.indexOf("."));
  return first === "" || first === "s3" ? undefined : byEndpointPrefix.get(first)?.[0]?.service;
}
