// The CloudFormation type AWS::ApiGateway::RestApi.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";
import {
  amount,
  call,
  document,
  escapeSegment,
  found,
  lower,
  remove,
  replaced,
  tagsOf,
  textOf,
  toTags,
  truth,
  updateTags,
  upper,
  written,
} from "./properties.ts";

type Endpoint = {
  readonly Types?: readonly string[];
  readonly IpAddressType?: string;
  readonly VpcEndpointIds?: readonly string[];
};

const DEFINITION = ["Body", "BodyS3Location", "Mode", "Parameters", "FailOnWarnings"];

export const restApi: ResourceType = {
  type: "AWS::ApiGateway::RestApi",
  properties: [
    "Name",
    "Description",
    "Policy",
    "EndpointConfiguration",
    "BinaryMediaTypes",
    "MinimumCompressionSize",
    "ApiKeySourceType",
    "DisableExecuteApiEndpoint",
    "Tags",
    "Version",
    "Body",
    "BodyS3Location",
    "Mode",
    "FailOnWarnings",
    "Parameters",
  ],
  inert: { SecurityPolicy: "kept and shown; there is no TLS policy to choose here" },
  async create(properties, context) {
    const body = await bodyOf(properties, context);
    const title = body === undefined ? undefined : titleOf(body);
    const name = textOf(properties, "Name") || title;
    if (name === undefined) throw badRequest("RestApi name has to be provided.");
    const made = await call(context, "CreateRestApi", {
      name,
      description: properties["Description"],
      policy: document(properties["Policy"]),
      endpointConfiguration: lower(properties["EndpointConfiguration"]),
      binaryMediaTypes: properties["BinaryMediaTypes"],
      minimumCompressionSize: amount(properties["MinimumCompressionSize"]),
      apiKeySource: properties["ApiKeySourceType"],
      disableExecuteApiEndpoint: truth(properties["DisableExecuteApiEndpoint"]),
      version: properties["Version"],
      securityPolicy: properties["SecurityPolicy"],
      tags: tagsOf(properties, context),
    });
    const id = written(made["id"]);
    if (body !== undefined) await putBody(id, body, properties, context);
    return stateOf(id, written(made["rootResourceId"]));
  },
  async update(state, properties, previous, context) {
    const patchOperations: PatchOperation[] = [
      ...replaced(
        properties,
        previous,
        {
          Name: "/name",
          Description: "/description",
          Policy: "/policy",
          ApiKeySourceType: "/apiKeySource",
          MinimumCompressionSize: "/minimumCompressionSize",
          DisableExecuteApiEndpoint: "/disableExecuteApiEndpoint",
          Version: "/version",
        },
        { ApiKeySourceType: "HEADER", DisableExecuteApiEndpoint: "false" },
      ).filter(({ path, value }) => path !== "/name" || value !== ""),
      ...mediaTypes(properties, previous),
      ...endpoint(properties, previous),
    ];
    if (patchOperations.length > 0) await call(context, "UpdateRestApi", { restApiId: state.id, patchOperations });
    if (DEFINITION.some((name) => JSON.stringify(properties[name]) !== JSON.stringify(previous[name]))) {
      const body = await bodyOf(properties, context);
      if (body !== undefined) await putBody(state.id, body, properties, context);
    }
    await updateTags(`arn:aws:apigateway:${context.region}::/restapis/${state.id}`, properties, previous, context);
    return state;
  },
  delete: (state, _properties, context) => remove(context, "DeleteRestApi", { restApiId: state.id }),
  async read(id, context) {
    const api = await found(context, "GetRestApi", { restApiId: id });
    if (api === undefined) return undefined;
    const { name, description, binaryMediaTypes, apiKeySource, disableExecuteApiEndpoint, endpointConfiguration } = api;
    return {
      RestApiId: id,
      RootResourceId: api["rootResourceId"],
      Name: name,
      ApiKeySourceType: apiKeySource,
      DisableExecuteApiEndpoint: disableExecuteApiEndpoint,
      EndpointConfiguration: upper(endpointConfiguration as Readonly<Record<string, unknown>>),
      ...(description === undefined ? {} : { Description: description }),
      ...(binaryMediaTypes === undefined ? {} : { BinaryMediaTypes: binaryMediaTypes }),
      Tags: toTags(api["tags"]),
    };
  },
};

function stateOf(id: string, root: string): ResourceState {
  return { id, attributes: { RootResourceId: root, RestApiId: id } };
}

function mediaTypes(properties: Properties, previous: Properties): PatchOperation[] {
  const wanted = (properties["BinaryMediaTypes"] ?? []) as readonly string[];
  const before = (previous["BinaryMediaTypes"] ?? []) as readonly string[];
  const path = (type: string): string => `/binaryMediaTypes/${escapeSegment(type)}`;
  return [
    ...before.filter((type) => !wanted.includes(type)).map((type) => ({ op: "remove", path: path(type) })),
    ...wanted.filter((type) => !before.includes(type)).map((type) => ({ op: "add", path: path(type) })),
  ];
}

function endpoint(properties: Properties, previous: Properties): PatchOperation[] {
  const wanted = (properties["EndpointConfiguration"] ?? {}) as Endpoint;
  const before = (previous["EndpointConfiguration"] ?? {}) as Endpoint;
  const [type = "EDGE"] = wanted.Types ?? [];
  const [old = "EDGE"] = before.Types ?? [];
  const ids = wanted.VpcEndpointIds ?? [];
  const had = before.VpcEndpointIds ?? [];
  const path = "/endpointConfiguration/vpcEndpointIds";
  return [
    ...(type === old ? [] : [{ op: "replace", path: `/endpointConfiguration/types/${old}`, value: type }]),
    ...(wanted.IpAddressType === undefined || wanted.IpAddressType === before.IpAddressType
      ? []
      : [{ op: "replace", path: "/endpointConfiguration/ipAddressType", value: wanted.IpAddressType }]),
    ...had.filter((id) => !ids.includes(id)).map((value) => ({ op: "remove", path, value })),
    ...ids.filter((id) => !had.includes(id)).map((value) => ({ op: "add", path, value })),
  ];
}

type Place = {
  readonly Bucket?: string;
  readonly Key?: string;
  readonly Version?: string;
  readonly ETag?: string;
};

async function bodyOf(properties: Properties, context: ResourceContext): Promise<string | undefined> {
  const given = document(properties["Body"]);
  if (given !== undefined) return given;
  const place = properties["BodyS3Location"] as Place | undefined;
  if (place?.Bucket === undefined || place.Key === undefined) return undefined;
  const options = { versionId: place.Version, as: context.caller };
  if (place.ETag !== undefined) {
    const { etag } = await context.context.ports.objects.get(place.Bucket, place.Key, options);
    if (etag.replaceAll('"', "") !== place.ETag.replaceAll('"', ""))
      throw badRequest(`Invalid ETag specified: ${place.ETag}`);
  }
  const bytes = await context.context.ports.objects.bytes(place.Bucket, place.Key, options);
  return Buffer.from(bytes).toString("utf8");
}

function titleOf(body: string): string | undefined {
  return /"?title"?\s*:\s*"?([^"\n,}]+)/.exec(body)?.[1]?.trim();
}

/** Without a mode the document takes the place of all there is, but for containers such as media types, which are merged. */
async function putBody(id: string, body: string, properties: Properties, context: ResourceContext): Promise<void> {
  await call(context, "PutRestApi", {
    restApiId: id,
    mode: properties["Mode"] ?? "overwrite",
    failOnWarnings: truth(properties["FailOnWarnings"]),
    parameters: properties["Parameters"],
    body: Buffer.from(body),
  });
  if (properties["Mode"] !== undefined) return;
  const patchOperations = mediaTypes(properties, {});
  if (patchOperations.length > 0) await call(context, "UpdateRestApi", { restApiId: id, patchOperations });
}
