// Condition keys of API Gateway's management: what a request asks for, and what the thing that it is for has.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html

import type { PatchOperation } from "../../../models/apigateway.d.ts";
import type { ConditionKeys } from "../../../ports/access.ts";
import { key, methodKey, type ApiGatewayContext } from "../store.ts";

type Tags = Readonly<Record<string, string>>;

type Input = {
  readonly restApiId?: string;
  readonly resourceId?: string;
  readonly httpMethod?: string;
  readonly stageName?: string;
  readonly authorizerId?: string;
  readonly domainName?: string;
  readonly apiKey?: string;
  readonly usagePlanId?: string;
  readonly vpcLinkId?: string;
  readonly clientCertificateId?: string;
  readonly resourceArn?: string;
  readonly tags?: Tags;
  readonly tagKeys?: readonly string[];
  readonly patchOperations?: readonly PatchOperation[];
};

/** What the keys tell of, by the names that inputs and rows have for it. */
type Facts = {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly authorizerUri?: unknown;
  readonly apiKeyRequired?: unknown;
  readonly authorizationType?: unknown;
  readonly disableExecuteApiEndpoint?: unknown;
  readonly endpointConfiguration?: { readonly types?: readonly string[] | undefined } | undefined;
  readonly accessLogSettings?: LogSettings | undefined;
  readonly securityPolicy?: unknown;
  readonly stageName?: unknown;
};

type LogSettings = { readonly destinationArn?: string | undefined; readonly format?: string | undefined };
type Values = Record<string, string | string[]>;

const API: Names = { ApiName: "name", DisableExecuteApiEndpoint: "disableExecuteApiEndpoint" };
const AUTHORIZER: Names = { AuthorizerType: "type", AuthorizerUri: "authorizerUri" };
const METHOD: Names = { ApiKeyRequired: "apiKeyRequired", RouteAuthorizationType: "authorizationType" };
const DOMAIN: Names = { SecurityPolicy: "securityPolicy" };
type Names = Readonly<Record<string, keyof Facts>>;

/** Which members of a request are conditions. */
const ASKED: Readonly<Record<string, Names>> = {
  CreateRestApi: API,
  UpdateRestApi: API,
  CreateAuthorizer: AUTHORIZER,
  UpdateAuthorizer: AUTHORIZER,
  PutMethod: METHOD,
  UpdateMethod: METHOD,
  CreateDeployment: { StageName: "stageName" },
  UpdateStage: {},
  CreateDomainName: DOMAIN,
  UpdateDomainName: DOMAIN,
};

export function conditionsOf(operation: string, input: Input, { store }: ApiGatewayContext): ConditionKeys {
  const { restApiId = "", stageName = "", authorizerId = "", ...place } = { ...input, ...placeOf(input.resourceArn) };
  const api = store.apis.get(restApiId);
  const stage = store.stages.get(key(restApiId, stageName));
  const domain = store.domains.get((place.domainName ?? "").toLowerCase());
  const { resourceId = "", httpMethod = "" } = place;
  const method = store.methods.get(methodKey({ restApiId, resourceId, httpMethod }));
  const others = [
    store.apiKeys.get(place.apiKey ?? ""),
    store.usagePlans.get(place.usagePlanId ?? ""),
    store.vpcLinks.get(place.vpcLinkId ?? ""),
    store.clientCertificates.get(place.clientCertificateId ?? ""),
  ];
  const names = ASKED[operation];
  return {
    ...(names !== undefined && keysOf("Request", names, askedIn(input))),
    ...(api !== undefined && keysOf("Resource", API, api)),
    ...(stage !== undefined && keysOf("Resource", {}, stage)),
    ...(method !== undefined && keysOf("Resource", METHOD, method)),
    ...keysOf("Resource", AUTHORIZER, store.authorizers.get(key(restApiId, authorizerId)) ?? {}),
    ...(domain !== undefined && keysOf("Resource", DOMAIN, domain)),
    // A stage has its API's tags too.
    ...tagKeysOf(input, Object.assign({}, ...[api, stage, domain, ...others].map((row) => row?.tags)) as Tags),
  };
}

function keysOf(side: "Request" | "Resource", names: Names, facts: Facts): Values {
  const { endpointConfiguration, accessLogSettings: logs } = facts;
  const named = Object.entries(names).map(([name, member]) => [name, textOf(facts[member])] as const);
  const all: (readonly [string, string | string[] | undefined])[] = [
    ...named,
    ["EndpointType", endpointConfiguration?.types?.slice()],
    ["AccessLoggingDestination", logs?.destinationArn],
    ["AccessLoggingFormat", logs?.format],
  ];
  return Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[`apigateway:${side}/${name}`, value] as const])),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

/** A patch asks for what a whole request would. */
function askedIn(input: Input): Facts {
  const patches = new Map((input.patchOperations ?? []).map(({ path = "", value }) => [path, value] as const));
  const types = [...patches].flatMap(([path, value]) =>
    path.startsWith("/endpointConfiguration/types/") && value !== undefined ? [value] : [],
  );
  const destinationArn = patches.get("/accessLogSettings/destinationArn");
  const format = patches.get("/accessLogSettings/format");
  const patched = Object.fromEntries([...patches].map(([path, value]) => [path.slice(1), value]));
  return {
    ...input,
    ...patched,
    ...(types.length > 0 && { endpointConfiguration: { types } }),
    accessLogSettings: {
      ...(destinationArn !== undefined && { destinationArn }),
      ...(format !== undefined && { format }),
    },
  };
}

function tagKeysOf({ tags = {}, tagKeys = Object.keys(tags) }: Input, present: Tags): Values {
  const named = (prefix: string, of: Tags) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [`${prefix}/${name}`, value]));
  return {
    ...named("aws:RequestTag", tags),
    ...named("aws:ResourceTag", present),
    ...(tagKeys.length > 0 && { "aws:TagKeys": [...tagKeys] }),
  };
}

/** What a tagged ARN names, as inputs name it. */
function placeOf(arn = ""): Input {
  const [kind = "", id = "", , stageName] = (/^arn:[^:]+:apigateway:[^:]*:[^:]*:\/(.+)$/.exec(arn)?.[1] ?? "").split(
    "/",
  );
  switch (kind) {
    case "restapis":
      return { restApiId: id, ...(stageName !== undefined && { stageName }) };
    case "apikeys":
      return { apiKey: id };
    case "usageplans":
      return { usagePlanId: id };
    case "domainnames":
      return { domainName: id };
    case "vpclinks":
      return { vpcLinkId: id };
    case "clientcertificates":
      return { clientCertificateId: id };
    default:
      return {};
  }
}
