// A deployed API as an OpenAPI document: Swagger 2.0 or OpenAPI 3, with as many of API Gateway's extensions as asked for.

import type { ApiRow, AuthorizerRow, ModelRow, Snapshot } from "../../store.ts";
import { exportedMethod, modelReference, type Export } from "./export-method.ts";

type Json = Readonly<Record<string, unknown>>;

/** Where the stage answers: `<address>/<stage>`. */
export type Place = { readonly address: string; readonly stageName: string };

export function exportedApi(api: ApiRow, given: Export, { address, stageName }: Place): Json {
  const { snapshot, swagger } = given;
  const paths = pathsOf(given);
  const models = usedModels(snapshot, JSON.stringify(paths));
  const schemas = Object.fromEntries(models.map((model) => [model.name, schemaOf(model, swagger)]));
  const schemes = schemesOf(given);
  const info = {
    title: api.name ?? "",
    version: api.version ?? new Date(api.createdDate).toISOString().replace(/\.\d+/, ""),
    ...(api.description === undefined ? {} : { description: api.description }),
  };
  const url = new URL(address);
  const own = given.extensions.has("apigateway") ? extensionsOf(api, snapshot) : {};
  if (swagger)
    return {
      swagger: "2.0",
      info,
      host: url.host,
      basePath: `${url.pathname.replace(/\/$/, "")}/${stageName}`,
      schemes: [url.protocol.slice(0, -1)],
      paths,
      ...(Object.keys(schemes).length === 0 ? {} : { securityDefinitions: schemes }),
      ...(models.length === 0 ? {} : { definitions: schemas }),
      ...own,
    };
  return {
    openapi: "3.0.1",
    info,
    servers: [{ url: `${address}/{basePath}`, variables: { basePath: { default: stageName } } }],
    paths,
    components: {
      ...(models.length === 0 ? {} : { schemas }),
      ...(Object.keys(schemes).length === 0 ? {} : { securitySchemes: schemes }),
    },
    ...own,
  };
}

function pathsOf(given: Export): Json {
  const { resources, methods } = given.snapshot;
  const paths = resources
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((resource) => {
      const own = methods.filter((method) => method.resourceId === resource.id);
      const operations = own.map((method) => [
        method.httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : method.httpMethod.toLowerCase(),
        exportedMethod(method, given),
      ]);
      return [resource.path, Object.fromEntries(operations) as Json] as const;
    });
  return Object.fromEntries(paths.filter(([, operations]) => Object.keys(operations).length > 0));
}

/** Those that methods use, and those that these use. */
function usedModels({ models }: Snapshot, paths: string): readonly ModelRow[] {
  const used = new Set<string>();
  const texts = [paths];
  for (const text of texts) {
    for (const [, name = ""] of text.matchAll(/(?:definitions|schemas|models)\/([A-Za-z0-9]+)"/g)) {
      const model = models.find((row) => row.name === name);
      if (model === undefined || used.has(name)) continue;
      used.add(name);
      texts.push(model.schema);
    }
  }
  return models.filter((model) => used.has(model.name));
}

function schemaOf({ schema, description }: ModelRow, swagger: boolean): unknown {
  const parsed: unknown = JSON.parse(schema, (name, value: unknown) =>
    name === "$ref" && typeof value === "string"
      ? value.replace(/^https?:\/\/apigateway\..*\/models\/(\w+)$/, (_all, model: string) =>
          String(modelReference(model, swagger)["$ref"]),
        )
      : value,
  );
  if (typeof parsed !== "object" || parsed === null) return parsed;
  const { $schema: _schema, ...rest } = parsed as { readonly $schema?: string };
  return { ...rest, ...(description === undefined || "description" in rest ? {} : { description }) };
}

function schemesOf({ snapshot, extensions }: Export): Json {
  const { methods, authorizers } = snapshot;
  const used = authorizers.filter((row) => methods.some((method) => method.authorizerId === row.id));
  const scheme = { type: "apiKey", in: "header" };
  const signed = extensions.has("authorizers") && methods.some((method) => method.authorizationType === "AWS_IAM");
  return {
    ...(methods.some((method) => method.apiKeyRequired === true) ? { api_key: { ...scheme, name: "x-api-key" } } : {}),
    ...Object.fromEntries(
      used.map((row) => {
        const name = /^method\.request\.header\.([^,]+)/.exec(row.identitySource ?? "")?.[1] ?? "Unused";
        return [row.name ?? row.id, { ...scheme, name, ...(extensions.has("authorizers") ? authorizerOf(row) : {}) }];
      }),
    ),
    ...(signed ? { sigv4: { ...scheme, name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" } } : {}),
  };
}

function authorizerOf(row: AuthorizerRow): Json {
  const { id: _id, name: _name, authType, type, ...settings } = row;
  return {
    "x-amazon-apigateway-authtype": authType ?? "custom",
    "x-amazon-apigateway-authorizer": { type: type.toLowerCase(), ...settings },
  };
}

function extensionsOf(api: ApiRow, snapshot: Snapshot): Json {
  const { validators, gatewayResponses, binaryMediaTypes, policy, minimumCompressionSize } = snapshot;
  const optional = {
    "binary-media-types": binaryMediaTypes.length === 0 ? undefined : binaryMediaTypes,
    "api-key-source": api.apiKeySource === "AUTHORIZER" ? "AUTHORIZER" : undefined,
    "minimum-compression-size": minimumCompressionSize,
    policy: policy === undefined ? undefined : (JSON.parse(policy) as unknown),
    "request-validators": byName(
      validators.map(({ name = "", validateRequestBody, validateRequestParameters }) => [
        name,
        { validateRequestParameters, validateRequestBody },
      ]),
    ),
    "gateway-responses": byName(
      gatewayResponses.map(({ responseType, defaultResponse: _default, ...response }) => [responseType, response]),
    ),
  };
  return Object.fromEntries(
    Object.entries(optional).flatMap(([name, value]) =>
      value === undefined ? [] : [[`x-amazon-apigateway-${name}`, value]],
    ),
  );
}

function byName(entries: readonly (readonly [string, unknown])[]): Json | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
