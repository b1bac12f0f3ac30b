// The request that an AWS integration stands for: `arn:aws:apigateway:<region>:<[host.]service>:action|path/…`.

import { loadModel } from "../models/load.ts";
import type { ServiceModel } from "../models/model.ts";
import type { WireRequest } from "../protocols/protocol.ts";
import { integrationArn } from "../kernel/integration-arn.ts";

/** What templates and parameters made. */
export type ServiceMessage = {
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, { readonly values: readonly string[] }>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** For the variables in the integration's URI. */
  readonly path: ReadonlyMap<string, string>;
  readonly body: Buffer;
};

export type ServiceRequest = {
  readonly model: ServiceModel;
  readonly region: string;
  readonly request: WireRequest;
  /** Where the integration names the action itself. */
  readonly operation?: string | undefined;
};

/** Names in integration URIs that are not the models' own. */
const NAMES: Readonly<Record<string, string>> = { email: "ses", monitoring: "cloudwatch", stepfunctions: "states" };

/** Undefined for what is no operation of a service we know. */
export function serviceRequest(
  uri: string,
  method: string,
  { headers, query, path, body }: ServiceMessage,
): ServiceRequest | undefined {
  const target = integrationArn(uri);
  const model = target === undefined ? undefined : modelOf(NAMES[target.service] ?? target.service);
  if (target === undefined || model === undefined) return undefined;
  const named: Record<string, string> = { "content-type": "application/json" };
  for (const [name, { values }] of headers) named[name] = values.join(",");
  const host = `${hostOf(uri)}.${target.region}.amazonaws.com`;
  const parameters = new URLSearchParams();
  for (const [name, values] of query) for (const value of values) parameters.append(name, value);
  if (target.kind === "path") {
    const [raw = "", fixed = ""] = target.rest.split("?");
    const filled = raw.replace(/\{([^}]+)\}/g, (_all, name: string) => encodePath(path.get(name) ?? ""));
    const together = [fixed, parameters.toString()].filter((each) => each !== "").join("&");
    const request = { method, host, path: `/${filled}`, query: together, headers: named, body, stream: once(body) };
    return { model, region: target.region, request };
  }
  const [action = "", given = ""] = target.rest.split("&Version=");
  if (given !== "") parameters.set("Version", given);
  return {
    model,
    region: target.region,
    operation: action,
    request: actionRequest(model, action, { method, host, headers: named, parameters, body }),
  };
}

type Action = {
  readonly method: string;
  readonly host: string;
  readonly headers: Record<string, string>;
  readonly parameters: URLSearchParams;
  readonly body: Buffer;
};

function actionRequest(
  model: ServiceModel,
  action: string,
  { method, host, headers, parameters, body }: Action,
): WireRequest {
  const speaksJson = model.protocols[0]?.startsWith("awsJson") === true;
  const form = headers["content-type"]?.includes("form-urlencoded") === true || parameters.size > 0;
  if (speaksJson && !form) {
    headers["x-amz-target"] = `${model.targetPrefix ?? ""}.${action}`;
    headers["content-type"] = "application/x-amz-json-1.0";
  } else parameters.set("Action", action);
  return { method, host, path: "/", query: parameters.toString(), headers, body };
}

function modelOf(service: string): ServiceModel | undefined {
  try {
    return loadModel(service);
  } catch {
    return undefined;
  }
}

/** `bucket.s3` in full. */
function hostOf(uri: string): string {
  return uri.split(":")[4] ?? "";
}

/** Slashes of a greedy variable stay. */
function encodePath(value: string): string {
  return value.split("/").map(encoded).join("/");
}

/** Path variables come encoded as the caller sent them. */
function encoded(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part));
  } catch {
    return encodeURIComponent(part);
  }
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  if (body.length > 0) yield await Promise.resolve(body);
}
