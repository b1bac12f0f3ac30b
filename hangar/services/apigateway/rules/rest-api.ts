// What a REST API may be made of, and what it starts with.

import type { CreateRestApiInput, EndpointConfiguration } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";
import { member, optionalText, text, without, type PatchRule, type PatchRules } from "./patch.ts";
import type { ApiRow, ModelRow } from "../store.ts";

const MOST_COMPRESSION = 10_485_760;

export function checkApi(input: CreateRestApiInput): void {
  if (input.name === "") throw badRequest("Name cannot be an empty string");
  if (input.description === "") throw badRequest("Description cannot be an empty string");
  checkCompression(input.minimumCompressionSize);
  if (input.policy !== undefined && input.policy !== "") checkPolicy(input.policy);
  checkEndpoint(input.endpointConfiguration);
}

export function checkPolicy(policy: string): void {
  try {
    const document = JSON.parse(policy) as { readonly Statement?: unknown } | null;
    if (typeof document?.Statement === "object") return;
  } catch {
    // Falls through to AWS's words: it says no more of what is wrong.
  }
  throw badRequest("Invalid policy document. Please check the policy syntax and ensure that Principals are valid.");
}

function checkEndpoint(configuration: EndpointConfiguration | undefined): void {
  const types = configuration?.types;
  if (types?.length === 0) throw badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  if (types !== undefined && types.length > 1) throw badRequest("Cannot create an api with multiple Endpoint Types.");
  if (types?.[0] === "PRIVATE" && configuration?.ipAddressType === "ipv4")
    throw badRequest("Only dualstack ipAddressType is supported for Private APIs.");
}

function checkCompression(size: number | undefined): void {
  if (size === undefined) return;
  if (!Number.isInteger(size) || size < 0 || size > MOST_COMPRESSION)
    throw badRequest(`Invalid minimum compression size, must be between 0 and ${MOST_COMPRESSION}`);
}

export function endpointOf(given: EndpointConfiguration | undefined): EndpointConfiguration {
  const types = given?.types ?? ["EDGE"];
  const ipAddressType = given?.ipAddressType ?? (types[0] === "PRIVATE" ? "dualstack" : "ipv4");
  const vpcEndpointIds = given?.vpcEndpointIds;
  return { types, ipAddressType, ...(vpcEndpointIds === undefined ? {} : { vpcEndpointIds }) };
}

/** Every API is born with these two. */
export function firstModels(ids: readonly [string, string]): readonly ModelRow[] {
  const schema = "http://json-schema.org/draft-04/schema#";
  const empty = `{\n  "$schema": "${schema}",\n  "title" : "Empty Schema",\n  "type" : "object"\n}`;
  const error = `{\n  "$schema" : "${schema}",\n  "title" : "Error Schema",\n  "type" : "object",\n  "properties" : {\n    "message" : { "type" : "string" }\n  }\n}`;
  const contentType = "application/json";
  return [
    { id: ids[0], name: "Empty", description: "This is a default empty schema model", schema: empty, contentType },
    { id: ids[1], name: "Error", description: "This is a default error schema model", schema: error, contentType },
  ];
}

const compression: PatchRule<ApiRow> = {
  ops: ["replace"],
  apply(row, { value }) {
    if (value === "") return without(row, "minimumCompressionSize");
    const size = Number(value);
    checkCompression(size);
    return { ...row, minimumCompressionSize: size };
  },
};

const TYPES = ["REGIONAL", "EDGE", "PRIVATE"] as const;

const endpointType: PatchRule<ApiRow> = {
  ops: ["add", "replace", "remove"],
  apply(row, { op, value }) {
    if (op !== "replace") throw badRequest("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
    const type = TYPES.find((each) => each === value);
    if (type === undefined) throw badRequest(`Invalid EndpointTypes specified. Valid options are ${TYPES.join(",")}`);
    const ipAddressType = type === "PRIVATE" ? "dualstack" : (row.endpointConfiguration?.ipAddressType ?? "ipv4");
    return { ...row, endpointConfiguration: { ...row.endpointConfiguration, types: [type], ipAddressType } };
  },
};

const vpcEndpoints: PatchRule<ApiRow> = {
  ops: ["add", "remove"],
  apply(row, { op, value }) {
    const others = (row.endpointConfiguration?.vpcEndpointIds ?? []).filter((each) => each !== value);
    const vpcEndpointIds = op === "add" ? [...others, value] : others;
    return { ...row, endpointConfiguration: { ...row.endpointConfiguration, vpcEndpointIds } };
  },
};

export const apiPatches: PatchRules<ApiRow> = {
  "/name": text("name"),
  "/version": text("version"),
  "/description": optionalText("description"),
  "/policy": {
    ops: ["replace", "remove"],
    apply(row, { op, value }) {
      if (op === "remove" || value === "") return without(row, "policy");
      checkPolicy(value);
      return { ...row, policy: value };
    },
  },
  "/apiKeySource": text("apiKeySource"),
  "/minimumCompressionSize": compression,
  "/disableExecuteApiEndpoint": {
    ops: ["replace"],
    apply: (row, { value }) => ({ ...row, disableExecuteApiEndpoint: value === "true" }),
  },
  "/binaryMediaTypes/*": member("binaryMediaTypes"),
  "/endpointConfiguration/types/*": endpointType,
  "/endpointConfiguration/vpcEndpointIds": vpcEndpoints,
  "/endpointConfiguration/ipAddressType": {
    ops: ["replace"],
    apply(row, { value }) {
      if (value !== "ipv4" && value !== "dualstack")
        throw badRequest("ipAddressType must be either ipv4 or dualstack.");
      const endpointConfiguration = { ...row.endpointConfiguration, ipAddressType: value } as const;
      checkEndpoint(endpointConfiguration);
      return { ...row, endpointConfiguration };
    },
  },
};
