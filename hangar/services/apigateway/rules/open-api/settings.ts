// What an OpenAPI document says of the API itself: its name, its media types, its policy.

import { badRequest } from "../../errors.ts";
import type { ApiRow } from "../../store.ts";
import { checkApi, checkPolicy } from "../rest-api.ts";
import { isNode, listAt, nodeAt, textAt, type Document, type Node } from "../../../../kernel/open-api-document.ts";

type Endpoint = NonNullable<ApiRow["endpointConfiguration"]>;
const ENDPOINT = "x-amazon-apigateway-endpoint-configuration";

/** `keep` is merging: media types are added to those there are. */
export function settingsOf(
  { root }: Document,
  before: Partial<ApiRow>,
  parameters: Readonly<Record<string, string>>,
  keep: boolean,
): Partial<ApiRow> & { readonly name: string } {
  const info = nodeAt(root, "info");
  const name = textAt(info, "title");
  if (name === undefined || name === "") throw badRequest("Invalid OpenAPI input.");
  const compression = textAt(root, "x-amazon-apigateway-minimum-compression-size");
  const policy = root["x-amazon-apigateway-policy"];
  const configuration = endpointNode(root);
  const disabled = textAt(configuration, "disableExecuteApiEndpoint");
  const given = {
    description: textAt(info, "description"),
    version: textAt(info, "version"),
    apiKeySource: textAt(root, "x-amazon-apigateway-api-key-source")?.toUpperCase(),
    binaryMediaTypes: mediaTypes(root, before, keep),
    minimumCompressionSize: compression === undefined ? undefined : Number(compression),
    policy: isNode(policy) ? JSON.stringify(policy) : undefined,
    disableExecuteApiEndpoint: disabled === undefined ? undefined : disabled === "true",
    endpointConfiguration: endpointOf(configuration, before, parameters),
  };
  const settings = { name, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
  checkApi(settings);
  if (given.policy !== undefined) checkPolicy(given.policy);
  return settings;
}

function mediaTypes(root: Node, before: Partial<ApiRow>, keep: boolean): readonly string[] | undefined {
  const given = listAt(root, "x-amazon-apigateway-binary-media-types").map(String);
  const all = [...new Set([...(keep ? (before.binaryMediaTypes ?? []) : []), ...given])];
  return all.length === 0 ? undefined : all;
}

/** Swagger has it at the top, OpenAPI 3 with the server. */
function endpointNode(root: Node): Node {
  const server: unknown = listAt(root, "servers")[0];
  return { ...nodeAt(root, ENDPOINT), ...(isNode(server) ? nodeAt(server, ENDPOINT) : {}) };
}

function endpointOf(
  configuration: Node,
  before: Partial<ApiRow>,
  parameters: Readonly<Record<string, string>>,
): Endpoint | undefined {
  const types = parameters["endpointConfigurationTypes"]?.split(",");
  const ids = listAt(configuration, "vpcEndpointIds").map(String);
  const asked = parameters["vpcEndpointIds"]?.split(",") ?? (ids.length === 0 ? undefined : ids);
  if (types === undefined && asked === undefined) return undefined;
  return {
    ...before.endpointConfiguration,
    ...(types === undefined ? {} : { types, ipAddressType: types[0] === "PRIVATE" ? "dualstack" : "ipv4" }),
    ...(asked === undefined ? {} : { vpcEndpointIds: asked }),
  } as Endpoint;
}
