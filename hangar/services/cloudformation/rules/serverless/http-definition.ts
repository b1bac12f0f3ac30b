// The OpenAPI definition of an HTTP API as SAM writes it: integrations, CORS, security, tags.

import { ANY_METHOD, Definition, INTEGRATION, isVersion3, methodKey, nameOf, securityOf } from "./definition.ts";
import { sidesOf } from "./definition.ts";
import { definitionProblem } from "./problems.ts";
import { deepCopy, entriesOf, ordered, put, type Fields } from "./python-order.ts";
import { at, conditional, fieldsAt, filled, isFields, isFunction, sameValue, textOf } from "./values.ts";

const CORS = "x-amazon-apigateway-cors";
const ENDPOINT = "x-amazon-apigateway-endpoint-configuration";
const TAG_VALUE = "x-amazon-apigateway-tag-value";
export const DEFAULT_PATH = "$default";
const DEFAULT_TITLE: Readonly<Fields> = { Ref: "AWS::StackName" };

export function emptyHttpDefinition(): Fields {
  return ordered({
    openapi: "3.0.1",
    info: ordered({ version: "1.0", title: { ...DEFAULT_TITLE } }),
    paths: ordered(),
  });
}

export function isHttpDefinition(data: unknown): data is Fields {
  return isFields(data) && isFields(at(data, "paths")) && filled(at(data, "openapi")) && isVersion3(data["openapi"]);
}

const CORS_MEMBERS = ["AllowOrigins", "AllowHeaders", "AllowMethods", "ExposeHeaders", "MaxAge", "AllowCredentials"];

export class HttpDefinition extends Definition {
  constructor(document: unknown) {
    if (!isHttpDefinition(document))
      throw definitionProblem(
        "Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.",
      );
    super(document);
  }

  written(): Fields {
    return deepCopy(this.document);
  }

  /** An integration that is there already stays. */
  integrate(path: string, method: string, uri: Fields, condition: string | undefined): void {
    if (this.hasIntegration(path, method)) return;
    const name = nameOf(methodKey(method));
    this.add(path, method);
    for (const item of this.itemsAt(path)) {
      if (at(item, name) === null) put(item, name, ordered());
      const definition = fieldsAt(item, name) ?? ordered();
      put(definition, INTEGRATION, {
        type: "aws_proxy",
        httpMethod: "POST",
        payloadFormatVersion: "2.0",
        uri: condition === undefined ? uri : conditional(condition, uri),
      });
      if (path === DEFAULT_PATH && name === ANY_METHOD.text) put(definition, "isDefaultRoute", true);
      if (!Object.hasOwn(definition, "responses")) put(definition, "responses", {});
      if (condition !== undefined) put(item, name, conditional(condition, definition));
    }
  }

  /** Whether the catch-all route is this function's: its permission covers the others then. */
  defaultRouteIs(functionId: string): boolean {
    if (!this.hasIntegration(DEFAULT_PATH, ANY_METHOD.text)) return false;
    return this.itemsAt(DEFAULT_PATH)
      .flatMap((item) => sidesOf(at(item, ANY_METHOD.text)))
      .every((definition) => {
        const uri = at(at(definition, INTEGRATION.text), "uri");
        if (!isFields(uri)) return false;
        return sidesOf(uri).every((side) => {
          const text = textOf(at(side, "Fn::Sub")) ?? "";
          return /([A-Za-z0-9]+)\.Arn/.exec(text)?.[1] === functionId;
        });
      });
  }

  addPathParameters(path: string, method: string): void {
    const names = [...path.matchAll(/\{(.*?)\}/g)].map(([, name = ""]) => name);
    if (names.length === 0) return;
    for (const definition of this.methodsAt(path, method)) {
      if (at(definition, "parameters") === undefined) put(definition, "parameters", []);
      const all = definition["parameters"] as unknown[];
      for (const name of names) {
        const known = all.find((each) => textOf(at(each, "name")) === name);
        if (isFields(known)) Object.assign(known, { in: "path", required: true });
        else all.push({ name, in: "path", required: true });
      }
    }
  }

  setPayloadVersion(path: string, method: string, version: unknown): void {
    for (const definition of this.methodsAt(path, method))
      put(fieldsAt(definition, INTEGRATION.text) ?? {}, "payloadFormatVersion", version);
  }

  addSecurity(schemes: readonly (readonly [string, Fields])[]): void {
    if (schemes.length === 0) return;
    if (!filled(at(this.document, "components"))) put(this.document, "components", {});
    const components = fieldsAt(this.document, "components");
    if (components === undefined)
      throw definitionProblem("Invalid OpenApi document: The value of 'components' should be a map");
    if (!filled(at(components, "securitySchemes"))) put(components, "securitySchemes", {});
    for (const [name, scheme] of schemes) put(fieldsAt(components, "securitySchemes") ?? {}, name, scheme);
  }

  /** Methods without security of their own get the API's. */
  setDefaultAuthorizer(path: string, authorizer: string, scopes: unknown): void {
    for (const [name, definition] of this.allMethodsAt(path, ["parameters", "options"]))
      if (name !== "options" && !filled(at(definition, "security")))
        put(definition, "security", [{ [authorizer]: scopes }]);
  }

  setAuthorizer(path: string, method: string, authorizer: string, scopes: unknown): void {
    for (const definition of this.methodsAt(path, method))
      put(definition, "security", [...securityOf(definition, path, method), { [authorizer]: scopes }]);
  }

  addTags(tags: Fields): void {
    const all = at(this.document, "tags") ?? [];
    if (!Array.isArray(all))
      throw definitionProblem(
        `Tags in OpenApi DefinitionBody needs to be a list. ${JSON.stringify(all)} is a ${typeof all === "string" ? "str" : "dict"} not a list.`,
      );
    for (const [name, value] of entriesOf(tags)) {
      const known = all.find((each) => textOf(at(each, "name")) === name) as Fields | undefined;
      if (known === undefined) all.push({ name, [TAG_VALUE]: value });
      else known[TAG_VALUE] = value;
    }
    put(this.document, "tags", all);
  }

  disableEndpoint(disabled: unknown): void {
    const servers = (at(this.document, "servers") ?? [{}]) as unknown[];
    for (const server of servers) {
      if (!isFields(server))
        throw definitionProblem("Value of 'servers' item must be a dictionary according to Swagger spec.");
      put(server, ENDPOINT, { ...fieldsAt(server, ENDPOINT), disableExecuteApiEndpoint: disabled });
    }
    put(this.document, "servers", servers);
  }

  addCors(given: Fields): void {
    const before = at(this.document, CORS) ?? {};
    if (!isFields(before))
      throw definitionProblem(`Value of '${CORS}' must be a dictionary according to Swagger spec.`);
    const origins = at(given, "AllowOrigins");
    if (isFunction(origins)) {
      put(this.document, CORS, { ...before, ...(inLowerCase(origins) as Fields) });
      return;
    }
    const says = (name: string): boolean => {
      const value = at(given, name);
      if (name === "AllowCredentials") return value === true;
      return name === "MaxAge" ? value !== undefined && value !== null : filled(value);
    };
    const members = CORS_MEMBERS.filter(says).map((name) => [lower(name), given[name]]);
    put(this.document, CORS, { ...before, ...(Object.fromEntries(members) as Fields) });
  }

  hasOwnTitle(): boolean {
    return !sameValue(at(fieldsAt(this.document, "info"), "title"), DEFAULT_TITLE);
  }

  setInfo(name: string, value: unknown): void {
    put(this.document, "info", { ...fieldsAt(this.document, "info"), [name]: value });
  }
}

function lower(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** CORS that is chosen by a function: its members' names, wherever they stand. */
function inLowerCase(value: unknown): unknown {
  const text = textOf(value);
  if (text !== undefined) return CORS_MEMBERS.reduce((all, name) => all.replaceAll(name, lower(name)), text);
  if (Array.isArray(value)) return value.map(inLowerCase);
  if (!isFields(value)) return value;
  return Object.fromEntries(entriesOf(value).map(([key, item]) => [inLowerCase(key), inLowerCase(item)]));
}
