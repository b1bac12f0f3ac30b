// AWS::Serverless::HttpApi: an HTTP API and its stage, and what its settings ask for.

import type { Expansion } from "./expansion.ts";
import { httpApiDomain } from "./http-api-domain.ts";
import { httpAuthorizersOf, type HttpAuthorizer } from "./http-authorizer.ts";
import { DEFAULT_PATH, HttpDefinition, isHttpDefinition } from "./http-definition.ts";
import { suffixed } from "./logical-ids.ts";
import { resourceProblem } from "./problems.ts";
import { drop, entriesOf, keysOf, put, type Fields } from "./python-order.ts";
import { locationOf, passedOn, readResource, Resource } from "./resource.ts";
import { resolveParameters } from "./resolve.ts";
import { authorizerPermission } from "./rest-api-auth.ts";
import { expectText, type Shape } from "./shape.ts";
import { at, fieldsAt, filled, isFields, isFunction, isNoValue, ref, sameValue, textOf } from "./values.ts";

const SHAPE: Shape = {
  __MANAGE_SWAGGER: "boolean",
  Name: "any",
  StageName: "string|map",
  Tags: "map",
  PropagateTags: "boolean",
  DefinitionBody: "map",
  DefinitionUri: "string|map",
  StageVariables: "map",
  CorsConfiguration: "boolean|map",
  AccessLogSettings: "map",
  DefaultRouteSettings: "map",
  Auth: "map",
  RouteSettings: "map",
  Domain: "map",
  FailOnWarnings: "boolean",
  Description: "string",
  DisableExecuteApiEndpoint: "boolean",
};
const CORS = ["AllowMethods", "AllowHeaders", "AllowOrigins", "MaxAge", "ExposeHeaders", "AllowCredentials"];
const AUTH = ["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"];

export function expandHttpApi(logicalId: string, given: Fields, expansion: Expansion): Resource[] {
  const read = readResource(logicalId, given, "AWS::Serverless::HttpApi", SHAPE);
  const { properties } = read;
  for (const name of ["CorsConfiguration", "Domain"])
    properties[name] = resolveParameters(properties[name], expansion.parameters);
  const attributes = passedOn(read.attributes);
  const inline = filled(properties["DefinitionBody"]);
  if (filled(properties["DefinitionUri"]) && inline)
    throw resourceProblem(logicalId, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  const writer = new Writer(read);
  const api = writer.written();
  const domain = httpApiDomain({ logicalId, attributes }, properties["Domain"], expansion);
  const permissions = writer.authorizers
    .filter(([, { permitted }]) => permitted)
    .map(([name, { functionArn }]) =>
      authorizerPermission({ logicalId, name, functionArn }, attributes, "${AWS::Partition}"),
    );
  const resources = [api, ...permissions, ...domain, stageOf(read, attributes)];
  const tags = properties["Tags"];
  if (inline && filled(tags))
    for (const { type, properties: settings } of resources)
      if (type === "AWS::ApiGatewayV2::Stage" || type === "AWS::ApiGatewayV2::DomainName") settings["Tags"] = tags;
  return resources;
}

/** Writes an API's settings into its definition. */
class Writer {
  readonly api: Resource;
  readonly authorizers: readonly (readonly [string, HttpAuthorizer])[];
  #body: unknown;

  constructor(api: Resource) {
    this.api = api;
    this.#body = api.properties["DefinitionBody"];
    const auth = fieldsAt(api.properties, "Auth");
    this.authorizers = filled(auth) ? httpAuthorizersOf(api.logicalId, auth ?? {}) : [];
  }

  written(): Resource {
    const { logicalId, properties } = this.api;
    if (filled(properties["CorsConfiguration"])) this.#addCors(properties["CorsConfiguration"]);
    this.#addAuth();
    this.#addTags();
    if ((properties["DisableExecuteApiEndpoint"] ?? undefined) !== undefined)
      this.#edit("DisableExecuteApiEndpoint works only within 'DefinitionBody' property.", (definition) =>
        definition.disableEndpoint(properties["DisableExecuteApiEndpoint"]),
      );
    this.#addInfo();
    this.#renameDefaultPath();
    const warned = filled(properties["FailOnWarnings"]) ? { FailOnWarnings: properties["FailOnWarnings"] } : {};
    return new Resource(
      "AWS::ApiGatewayV2::Api",
      logicalId,
      { ...warned, ...this.#definition() },
      { dependsOn: this.api.dependsOn, attributes: this.api.attributes },
    );
  }

  #invalid(message: string): Error {
    return resourceProblem(this.api.logicalId, message);
  }

  /** `otherwise`: what to say where there is no definition to write into. */
  #edit(otherwise: string, change: (definition: HttpDefinition) => void): void {
    if (!filled(this.#body)) throw this.#invalid(otherwise);
    const definition = new HttpDefinition(this.#body);
    change(definition);
    this.#body = definition.written();
  }

  #mustBeValid(what: string): void {
    if (filled(this.#body) && !isHttpDefinition(this.#body))
      throw this.#invalid(`${what} because 'DefinitionBody' does not contain a valid OpenApi definition.`);
  }

  #addCors(given: unknown): void {
    if (isFields(given) && !isFunction(given))
      for (const key of keysOf(given))
        if (!CORS.includes(key)) throw this.#invalid(`Invalid key '${key}' for 'Cors' property.`);
    const cors: Fields =
      given === true ? { AllowOrigins: ["*"] } : isFunction(given) ? { AllowOrigins: given } : { ...(given as Fields) };
    this.#mustBeValid("Unable to add Cors configuration");
    if (cors["AllowCredentials"] === true && sameValue(cors["AllowOrigins"], ["*"]))
      throw this.#invalid(
        "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set.",
      );
    this.#edit("Cors works only with inline OpenApi specified in 'DefinitionBody' property.", (definition) =>
      definition.addCors(cors),
    );
  }

  #addAuth(): void {
    const auth = fieldsAt(this.api.properties, "Auth");
    if (auth === undefined || !filled(auth)) return;
    if (!keysOf(auth).every((key) => AUTH.includes(key))) throw this.#invalid("Invalid value for 'Auth' property");
    this.#mustBeValid("Unable to add Auth configuration");
    this.#edit("Auth works only with inline OpenApi specified in the 'DefinitionBody' property.", (definition) => {
      definition.addSecurity(this.authorizers.map(([name, { scheme }]) => [name, scheme]));
      this.#addDefault(definition, at(auth, "DefaultAuthorizer"));
    });
  }

  #addDefault(definition: HttpDefinition, given: unknown): void {
    if (!filled(given) || isNoValue(given)) return;
    const name = expectText(given, { resource: this.api.logicalId }, "Auth.DefaultAuthorizer");
    const authorizer = this.authorizers.find(([each]) => each === name)?.[1];
    if (authorizer === undefined)
      throw this.#invalid(`Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`);
    for (const path of definition.pathNames()) definition.setDefaultAuthorizer(path, name, authorizer.scopes);
  }

  #addTags(): void {
    const { properties } = this.api;
    const given = properties["Tags"];
    const none = "Tags works only with inline OpenApi specified in the 'DefinitionBody' property.";
    if (!filled(this.#body)) {
      if (filled(given)) throw this.#invalid(none);
      return;
    }
    if (filled(given)) this.#mustBeValid("Unable to add `Tags`");
    if (!isHttpDefinition(this.#body)) return;
    const tags = filled(given) ? (given as Fields) : {};
    put(tags, "httpapi:createdBy", "SAM");
    properties["Tags"] = tags;
    this.#edit(none, (definition) => definition.addTags(tags));
  }

  #addInfo(): void {
    const { properties } = this.api;
    if (filled(properties["Name"]))
      this.#edit("Name works only with inline OpenApi specified in the 'DefinitionBody' property.", (definition) => {
        if (definition.hasOwnTitle())
          throw this.#invalid(
            "Unable to set Name because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.",
          );
        definition.setInfo("title", properties["Name"]);
      });
    if (!filled(properties["Description"])) return;
    this.#edit(
      "Description works only with inline OpenApi specified in the 'DefinitionBody' property.",
      (definition) => {
        if (filled(at(fieldsAt(definition.document, "info"), "description")))
          throw this.#invalid(
            "Unable to set Description because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.",
          );
        definition.setInfo("description", properties["Description"]);
      },
    );
  }

  /** `$default` is a warning of the import. */
  #renameDefaultPath(): void {
    const paths = fieldsAt(this.#body, "paths");
    if (!filled(this.api.properties["FailOnWarnings"]) || paths === undefined) return;
    if (!Object.hasOwn(paths, DEFAULT_PATH)) return;
    const value = paths[DEFAULT_PATH];
    drop(paths, DEFAULT_PATH);
    put(paths, `/${DEFAULT_PATH}`, value);
  }

  #definition(): Fields {
    const { logicalId, properties } = this.api;
    if (filled(properties["DefinitionUri"])) {
      const location = locationOf(logicalId, "DefinitionUri", properties["DefinitionUri"]);
      const members = entriesOf(location).filter(([name]) => ["Bucket", "Key", "Version"].includes(name));
      return { BodyS3Location: Object.fromEntries(members) };
    }
    if (filled(this.#body)) return { Body: this.#body };
    throw this.#invalid(
      "'DefinitionUri' or 'DefinitionBody' are required properties of an 'AWS::Serverless::HttpApi'. Add a value for one of these properties or add a 'HttpApi' event to an 'AWS::Serverless::Function'.",
    );
  }
}

function stageOf({ logicalId, properties }: Resource, attributes: Fields): Resource {
  const given = filled(properties["StageName"]) ? properties["StageName"] : "$default";
  const name = textOf(given) ?? "";
  const id =
    name === "$default"
      ? `${logicalId}ApiGatewayDefaultStage`
      : /^[\p{L}\p{N}]+$/u.test(name)
        ? `${logicalId}${name}Stage`
        : suffixed(`${logicalId}Stage`, name);
  return new Resource(
    "AWS::ApiGatewayV2::Stage",
    id,
    {
      ApiId: ref(logicalId),
      StageName: given,
      StageVariables: properties["StageVariables"],
      AccessLogSettings: properties["AccessLogSettings"],
      DefaultRouteSettings: properties["DefaultRouteSettings"],
      Tags: properties["Tags"],
      AutoDeploy: true,
      RouteSettings: properties["RouteSettings"],
    },
    { attributes },
  );
}
