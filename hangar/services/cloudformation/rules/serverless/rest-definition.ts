// The Swagger definition of a REST API as SAM writes it: integrations, CORS, security, models, validators, gateway responses.

import { definitionProblem, templateProblem } from "./problems.ts";
import { deepCopy, entriesOf, keysOf, Literal, ordered, put, update, type Fields } from "./python-order.ts";
import { ANY_METHOD, Definition, INTEGRATION, isVersion3, methodKey, nameOf } from "./definition.ts";
import { at, conditional, fieldsAt, filled, isFields, ref, sameValue, textOf } from "./values.ts";

const SECURITY = "securityDefinitions";
const RESPONSES = "x-amazon-apigateway-gateway-responses";
const VALIDATORS = "x-amazon-apigateway-request-validators";
const POLICY = "x-amazon-apigateway-policy";
const ENDPOINT = "x-amazon-apigateway-endpoint-configuration";
const ALL_METHODS = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"];

export const NO_METHODS = ["summary", "description", "parameters"];

const literal = (text: string): Literal => new Literal(text);

export function emptyRestDefinition(): Fields {
  return ordered({
    swagger: literal("2.0"),
    info: ordered({ version: literal("1.0"), title: ref(literal("AWS::StackName")) }),
    paths: ordered(),
  });
}

export function isRestDefinition(data: unknown): data is Fields {
  if (!isFields(data) || !isFields(at(data, "paths"))) return false;
  return filled(at(data, "swagger")) || (filled(at(data, "openapi")) && isVersion3(at(data, "openapi")));
}

/** What CORS of an API says, in SAM's names. */
export type Cors = {
  readonly AllowOrigin: unknown;
  readonly AllowHeaders?: unknown;
  readonly AllowMethods?: unknown;
  readonly MaxAge?: unknown;
  readonly AllowCredentials?: unknown;
};

export class RestDefinition extends Definition {
  readonly security: Fields;
  readonly responses: Fields;
  readonly policy: Fields;
  readonly models: Fields;

  constructor(document: unknown) {
    if (!isRestDefinition(document))
      throw definitionProblem(
        "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.",
      );
    super(document);
    const member = (name: string): Fields =>
      filled(at(this.document, name)) ? (this.document[name] as Fields) : ordered();
    this.security = member(SECURITY);
    this.responses = member(RESPONSES);
    this.policy = member(POLICY);
    this.models = member("definitions");
    for (const path of this.pathNames()) this.itemsAt(path);
  }

  written(): Fields {
    if (filled(this.security)) put(this.document, literal(SECURITY), this.security);
    if (filled(this.responses)) put(this.document, literal(RESPONSES), this.responses);
    if (filled(this.models)) put(this.document, literal("definitions"), this.models);
    return deepCopy(this.document);
  }

  /** Answers what to give a method as soon as it is there. */
  integrate(
    path: string,
    method: string,
    integration: () => Fields,
    more: { readonly responses?: Fields | undefined; readonly condition?: string | undefined },
  ): void {
    const key = methodKey(method);
    const name = nameOf(key);
    if (this.hasIntegration(path, name))
      throw definitionProblem(`Lambda integration already exists on Path=${path}, Method=${name}`);
    this.add(path, method);
    for (const item of this.itemsAt(path)) {
      const definition = fieldsAt(item, name) ?? ordered();
      put(definition, INTEGRATION, integration());
      if (!Object.hasOwn(definition, "responses")) put(definition, literal("responses"), more.responses ?? ordered());
      if (more.condition !== undefined) put(item, key, conditional(more.condition, definition));
    }
  }

  disableEndpoint(disabled: unknown): void {
    const place = (fields: Fields): void => {
      if (!Object.hasOwn(fields, ENDPOINT)) put(fields, literal(ENDPOINT), {});
      put(fieldsAt(fields, ENDPOINT) ?? {}, literal("disableExecuteApiEndpoint"), disabled);
    };
    if (!filled(at(this.document, "openapi")) || !isVersion3(this.document["openapi"])) return place(this.document);
    const servers = (at(this.document, "servers") ?? [ordered()]) as unknown[];
    for (const [index, server] of servers.entries()) {
      if (!isFields(server))
        throw definitionProblem(`Invalid OpenAPI definition of 'servers[${index}]': It should be a map.`);
      place(server);
    }
    put(this.document, literal("servers"), servers);
  }

  addCors(path: string, cors: Cors): void {
    for (const item of this.itemsAt(path)) {
      if (Object.hasOwn(item, "options")) continue;
      if (!filled(cors.AllowOrigin)) throw templateProblem("Invalid input. Value for AllowedOrigins is required");
      put(item, literal("options"), optionsMethod(cors, allowedMethods(item)));
    }
  }

  addBinaryMediaTypes(types: unknown): void {
    const restored = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(restored);
      const text = textOf(value);
      if (text !== undefined) return text.replaceAll("~1", "/");
      if (!isFields(value)) return value;
      const made = ordered();
      for (const [key, item] of entriesOf(value)) put(made, key.replaceAll("~1", "/"), restored(item));
      return made;
    };
    put(this.document, literal("x-amazon-apigateway-binary-media-types"), restored(types));
  }

  addSecurity(name: string, definition: Fields): void {
    put(this.security, name, definition);
  }

  addIamSecurity(): void {
    if (Object.hasOwn(this.security, "AWS_IAM")) return;
    const definition = ordered({
      "x-amazon-apigateway-authtype": literal("awsSigv4"),
      type: literal("apiKey"),
      name: literal("Authorization"),
      in: literal("header"),
    });
    update(this.security, ordered({ AWS_IAM: definition }));
  }

  addKeySecurity(): void {
    if (Object.hasOwn(this.security, "api_key")) return;
    const definition = ordered({ type: literal("apiKey"), name: literal("x-api-key"), in: literal("header") });
    update(this.security, ordered({ api_key: definition }));
  }

  addValidator(path: string, method: string, body: boolean, parameters: boolean): void {
    const name = literal(
      body ? (parameters ? "body-and-params" : "body-only") : parameters ? "params-only" : "no-validation",
    );
    if (!filled(at(this.document, VALIDATORS))) put(this.document, literal(VALIDATORS), ordered());
    const validators = fieldsAt(this.document, VALIDATORS) ?? {};
    const validator = ordered({ validateRequestBody: body, validateRequestParameters: parameters });
    if (!filled(at(validators, name.text))) update(validators, ordered({ [name.text]: validator }));
    for (const definition of this.methodsAt(path, method))
      update(definition, ordered({ "x-amazon-apigateway-request-validator": name }));
  }

  addModel(path: string, method: string, model: string, required: unknown): void {
    const name = model.toLowerCase();
    const needed = required === undefined || required === null ? {} : { required };
    for (const definition of this.methodsAt(path, method)) {
      if (at(this.document, "swagger") !== undefined) {
        const parameters = (at(definition, "parameters") ?? []) as unknown[];
        const schema = { $ref: literal(`#/definitions/${name}`) };
        parameters.push(ordered({ in: literal("body"), name, schema, ...needed }));
        put(definition, literal("parameters"), parameters);
      } else if (isVersion3(at(this.document, "openapi"))) {
        const schema = { $ref: literal(`#/components/schemas/${name}`) };
        put(definition, literal("requestBody"), { content: { "application/json": { schema } }, ...needed });
      }
    }
  }

  addModels(models: Fields): void {
    for (const [name, schema] of entriesOf(models)) {
      if (!filled(at(schema, "type"))) throw definitionProblem("'Models' schema is missing 'type'.");
      put(this.models, name.toLowerCase(), schema);
    }
  }

  /** `method.request.querystring.page` and its like. */
  addParameters(
    path: string,
    method: string,
    parameters: readonly { readonly name: string; readonly required: unknown; readonly caching: unknown }[],
  ): void {
    for (const definition of this.methodsAt(path, method)) {
      const all = (at(definition, "parameters") ?? []) as unknown[];
      for (const { name, required, caching } of parameters) {
        const [place = "", ...rest] = name.replace("method.request.", "").split(".");
        const location = place === "querystring" ? literal("query") : place;
        all.push(ordered({ in: location, name: rest.join("."), required, type: literal("string") }));
        if (!filled(caching)) continue;
        const integration = fieldsAt(definition, INTEGRATION.text) ?? {};
        const keys = (at(integration, "cacheKeyParameters") ?? []) as unknown[];
        put(integration, literal("cacheKeyParameters"), [...keys, name]);
      }
      put(definition, literal("parameters"), all);
    }
  }

  /** Writes the security of a method, where it is another than before. */
  setSecurity(definition: Fields, before: readonly unknown[], security: readonly unknown[]): void {
    if (!sameValue(before, security)) put(definition, literal("security"), security);
  }

  writePolicy(): void {
    put(this.document, literal(POLICY), this.policy);
  }
}

function allowedMethods(item: Fields): Literal {
  const names = Object.hasOwn(item, ANY_METHOD.text) ? ALL_METHODS : [...keysOf(item), "options"];
  const all = [...new Set(names.map((name) => name.toUpperCase()))].sort();
  return literal(`'${all.join(",")}'`);
}

function optionsMethod(cors: Cors, methods: Literal): Fields {
  const parameters = ordered();
  const headers = ordered();
  const add = (name: string, value: unknown, type: string): void => {
    put(parameters, literal(`method.response.header.${name}`), value);
    put(headers, literal(name), { type: literal(type) });
  };
  add("Access-Control-Allow-Origin", cors.AllowOrigin, "string");
  if (filled(cors.AllowHeaders)) add("Access-Control-Allow-Headers", cors.AllowHeaders, "string");
  add("Access-Control-Allow-Methods", filled(cors.AllowMethods) ? cors.AllowMethods : methods, "string");
  if (cors.MaxAge !== undefined && cors.MaxAge !== null) add("Access-Control-Max-Age", cors.MaxAge, "integer");
  if (cors.AllowCredentials === true) add("Access-Control-Allow-Credentials", literal("'true'"), "string");
  const answer = ordered({
    statusCode: literal("200"),
    responseParameters: parameters,
    responseTemplates: { "application/json": literal("{}\n") },
  });
  return ordered({
    summary: literal("CORS support"),
    consumes: [literal("application/json")],
    produces: [literal("application/json")],
    [INTEGRATION.text]: ordered({
      type: literal("mock"),
      requestTemplates: { "application/json": literal('{\n  "statusCode" : 200\n}\n') },
      responses: ordered({ default: answer }),
    }),
    responses: ordered({
      "200": ordered({ description: literal("Default response for CORS method"), headers }),
    }),
  });
}
