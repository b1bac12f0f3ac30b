// AWS::Serverless::Api: a REST API, its deployment and stage, and what its settings ask for.

import { resourceProblem, ServerlessProblem } from "./problems.ts";
import { hashOf, looseJsonOf, suffixed } from "./logical-ids.ts";
import type { Expansion } from "./expansion.ts";
import { keysOf, Literal, ordered, printed, put, type Fields } from "./python-order.ts";
import { isRestDefinition, RestDefinition, type Cors } from "./rest-definition.ts";
import { addAuth, authorizerPermissions } from "./rest-api-auth.ts";
import { restApiDomain } from "./rest-api-domain.ts";
import { inOpenApi3 } from "./rest-open-api.ts";
import { addGatewayResponses } from "./gateway-responses.ts";
import { locationOf, passedOn, propagateTags, readResource, Resource, tagList } from "./resource.ts";
import { resolveParameters } from "./resolve.ts";
import type { Shape } from "./shape.ts";
import { usagePlanOf } from "./usage-plan.ts";
import { at, fieldsAt, filled, isFields, isFunction, ref, textOf } from "./values.ts";

const SHAPE: Shape = {
  __MANAGE_SWAGGER: "boolean",
  Name: "string|map",
  StageName: "string|map!",
  Tags: "map",
  PropagateTags: "boolean",
  DefinitionBody: "map",
  DefinitionUri: "string|map",
  MergeDefinitions: "=boolean",
  CacheClusterEnabled: "boolean",
  CacheClusterSize: "string",
  Variables: "map",
  EndpointConfiguration: "string|map",
  MethodSettings: "list",
  BinaryMediaTypes: "list",
  MinimumCompressionSize: "integer",
  Cors: "string|map",
  Auth: "map",
  GatewayResponses: "map",
  AccessLogSetting: "map",
  CanarySetting: "map",
  TracingEnabled: "boolean",
  OpenApiVersion: "string",
  Models: "map",
  Domain: "map",
  FailOnWarnings: "boolean",
  Description: "string",
  Mode: "string",
  DisableExecuteApiEndpoint: "boolean",
  ApiKeySourceType: "string",
  AlwaysDeploy: "=boolean",
  Policy: "string|map",
  SecurityPolicy: "string",
  EndpointAccessMode: "string",
};

/** The properties that go to the REST API as they are, where they say anything. */
const PASSED = ["FailOnWarnings", "Name", "Description", "Mode", "ApiKeySourceType", "Policy"];

export function expandRestApi(logicalId: string, given: Fields, expansion: Expansion): Resource[] {
  const api = readResource(logicalId, given, "AWS::Serverless::Api", SHAPE);
  const { properties } = api;
  for (const name of ["BinaryMediaTypes", "Domain", "Auth"])
    properties[name] = resolveParameters(properties[name], expansion.parameters);
  const attributes = passedOn(api.attributes);
  const restApi = restApiOf(api);
  const domain = restApiDomain({ logicalId, attributes }, properties["Domain"], expansion);
  const deployment = new Resource(
    "AWS::ApiGateway::Deployment",
    `${logicalId}Deployment`,
    { RestApiId: ref(logicalId), StageName: filled(properties["OpenApiVersion"]) ? undefined : "Stage" },
    { attributes },
  );
  const stage = stageOf(api, attributes);
  const definition = restApi.properties["Body"] ?? restApi.properties["BodyS3Location"];
  if (filled(definition)) nameDeployment(deployment, api, definition, expansion);
  stage.properties["DeploymentId"] = deployment.ref();
  const resources = [
    restApi,
    deployment,
    stage,
    ...authorizerPermissions(api, attributes),
    ...domain,
    ...usagePlanOf({ logicalId, stageId: stage.logicalId, attributes }, at(properties["Auth"], "UsagePlan"), expansion),
  ];
  if (filled(properties["Tags"]) && properties["PropagateTags"] === true) propagateTags(resources, properties["Tags"]);
  return resources;
}

function restApiOf(api: Resource): Resource {
  const { logicalId, properties } = api;
  checkDefinition(logicalId, properties);
  const settings: Fields = {
    BinaryMediaTypes: properties["BinaryMediaTypes"],
    MinimumCompressionSize: properties["MinimumCompressionSize"],
    ...endpointOf(logicalId, properties["EndpointConfiguration"]),
  };
  const body = definitionOf(api);
  if (filled(properties["DefinitionUri"])) settings["BodyS3Location"] = bodyLocation(logicalId, properties);
  else if (filled(body)) settings["Body"] = inOpenApi3(body as Fields, properties["OpenApiVersion"]);
  for (const name of [...PASSED, "SecurityPolicy", "EndpointAccessMode"])
    if (filled(properties[name])) settings[name] = properties[name];
  return new Resource("AWS::ApiGateway::RestApi", logicalId, settings, {
    dependsOn: api.dependsOn,
    attributes: api.attributes,
  });
}

function checkDefinition(logicalId: string, properties: Fields): void {
  const uri = filled(properties["DefinitionUri"]);
  if (uri && filled(properties["DefinitionBody"]))
    throw resourceProblem(logicalId, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  if (uri && filled(properties["MergeDefinitions"]))
    throw resourceProblem(logicalId, "Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.");
  const version = properties["OpenApiVersion"];
  if (filled(version) && !/^[2-3](\.\d)(\.\d)?$/.test(textOf(version) ?? printed(version)))
    throw resourceProblem(logicalId, "The OpenApiVersion value must be of the format '3.0.0'.");
}

function bodyLocation(logicalId: string, properties: Fields): Fields {
  const location = locationOf(logicalId, "DefinitionUri", properties["DefinitionUri"]);
  const body = ordered();
  for (const name of ["Bucket", "Key", "Version"])
    if (Object.hasOwn(location, name)) put(body, new Literal(name), location[name]);
  return body;
}

/** The definition with everything that the API's settings write into it. */
function definitionOf(api: Resource): unknown {
  const { logicalId, properties } = api;
  let body = properties["DefinitionBody"];
  const cors = properties["Cors"];
  if (filled(cors)) body = withCors(logicalId, body, cors);
  body = addAuth(api, body);
  body = addGatewayResponses(logicalId, body, properties["GatewayResponses"]);
  if (filled(properties["BinaryMediaTypes"]) && filled(body)) {
    const definition = new RestDefinition(body);
    definition.addBinaryMediaTypes(properties["BinaryMediaTypes"]);
    body = definition.written();
  }
  if (filled(properties["Models"])) body = withModels(logicalId, body, properties);
  const disabled = properties["DisableExecuteApiEndpoint"];
  if (disabled === undefined || disabled === null) return body;
  if (!filled(body))
    throw resourceProblem(logicalId, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.");
  const definition = new RestDefinition(body);
  definition.disableEndpoint(disabled);
  return definition.written();
}

const CORS = ["AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials"];

function withCors(logicalId: string, body: unknown, given: unknown): Fields {
  const invalid = (message: string): Error => resourceProblem(logicalId, message);
  if (!filled(body)) throw invalid("Cors works only with inline Swagger specified in 'DefinitionBody' property.");
  const whole = textOf(given) !== undefined || isFunction(given);
  if (!whole && !isFields(given)) throw invalid("Invalid value for 'Cors' property");
  if (!whole)
    for (const key of keysOf(given as Fields))
      if (!CORS.includes(key)) throw invalid(`Invalid key '${key}' for 'Cors' property.`);
  const anyOrigin = new Literal("'*'");
  const cors: Cors = whole ? { AllowOrigin: given } : { AllowOrigin: anyOrigin, ...(given as Fields) };
  if (!isRestDefinition(body))
    throw invalid(
      "Unable to add Cors configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    );
  if (cors.AllowCredentials === true && textOf(cors.AllowOrigin) === anyOrigin.text)
    throw invalid(
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
    );
  const definition = new RestDefinition(body);
  const seen = new Set<string>();
  for (const path of definition.pathNames()) {
    const normal = path === "/" ? path : path.replace(/\/+$/, "");
    if (seen.has(normal)) continue;
    seen.add(normal);
    try {
      definition.addCors(path, cors);
    } catch (error) {
      if (error instanceof ServerlessProblem && error.kind === "template") throw invalid(error.message);
      throw error;
    }
  }
  return definition.written();
}

function withModels(logicalId: string, body: unknown, properties: Fields): Fields {
  const models = fieldsAt(properties, "Models") ?? {};
  if (!filled(body))
    throw resourceProblem(logicalId, "Models works only with inline Swagger specified in 'DefinitionBody' property.");
  if (!isRestDefinition(body))
    throw resourceProblem(
      logicalId,
      "Unable to add Models definitions because 'DefinitionBody' does not contain a valid Swagger definition.",
    );
  if (!Object.values(models).every(isFields)) throw resourceProblem(logicalId, "Invalid value for 'Models' property");
  const definition = new RestDefinition(body);
  definition.addModels(models);
  return inOpenApi3(definition.written(), properties["OpenApiVersion"]);
}

function endpointOf(logicalId: string, given: unknown): Fields {
  if (!filled(given)) return {};
  const type = at(given, "Type");
  if (!filled(type))
    return { EndpointConfiguration: { Types: [given] }, Parameters: { endpointConfigurationTypes: given } };
  const [one, other] = [at(given, "VPCEndpointIds"), at(given, "VpcEndpointIds")];
  if (one !== undefined && other !== undefined)
    throw resourceProblem(
      logicalId,
      "'VPCEndpointIds' and 'VpcEndpointIds' cannot be used together in EndpointConfiguration.",
    );
  const endpoints = one ?? other;
  const addresses = at(given, "IpAddressType");
  return {
    Parameters: { endpointConfigurationTypes: type },
    EndpointConfiguration: {
      Types: [type],
      ...(endpoints === undefined ? {} : { VpcEndpointIds: endpoints }),
      ...(addresses === undefined ? {} : { IpAddressType: addresses }),
    },
  };
}

const OF_STAGE = [
  "StageName",
  "CacheClusterEnabled",
  "CacheClusterSize",
  "Variables",
  "MethodSettings",
  "AccessLogSetting",
  "CanarySetting",
  "TracingEnabled",
];

function stageOf({ logicalId, properties }: Resource, attributes: Fields): Resource {
  const name = textOf(properties["StageName"]) ?? "";
  const id = /^[\p{L}\p{N}]+$/u.test(name) ? `${logicalId}${name}Stage` : suffixed(`${logicalId}Stage`, name);
  const settings = Object.fromEntries(OF_STAGE.map((each) => [each, properties[each]]));
  const tags = isFields(properties["Tags"]) ? { Tags: tagList(properties["Tags"]) } : {};
  return new Resource(
    "AWS::ApiGateway::Stage",
    id,
    { RestApiId: ref(logicalId), ...settings, ...tags },
    { attributes },
  );
}

/** Another definition is another deployment, so that the stage moves to it. */
function nameDeployment(deployment: Resource, api: Resource, definition: unknown, expansion: Expansion): void {
  const { logicalId, properties } = api;
  const version = properties["OpenApiVersion"];
  const parts = [
    printed(definition),
    ...(filled(version) ? [textOf(version) ?? printed(version)] : []),
    ...(filled(properties["Domain"]) ? [looseJsonOf(properties["Domain"])] : []),
    expansion.functionNames.get(logicalId) ?? "",
  ].filter((part) => part !== "");
  const data = filled(properties["AlwaysDeploy"]) ? String(expansion.seconds) : parts.join("||");
  deployment.logicalId += hashOf(data);
  deployment.properties["Description"] = `RestApi deployment id: ${hashOf(data, 40)}`;
}
