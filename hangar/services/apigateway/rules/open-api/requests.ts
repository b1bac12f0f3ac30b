// What a method of an OpenAPI document takes and answers: parameters, bodies and responses.

import type { MethodResponse } from "../../../../models/apigateway.d.ts";
import {
  flagAt,
  isNode,
  listAt,
  nodeAt,
  resolved,
  textAt,
  type Document,
  type Node,
} from "../../../../kernel/open-api-document.ts";
import type { Models } from "./models.ts";

type Texts = Readonly<Record<string, string>>;
const PLACES: Texts = { path: "path", query: "querystring", header: "header" };
const JSON_TYPE = "application/json";

/** Parameters of the path, then of the operation, which win. */
export function parametersOf(document: Document, path: Node, operation: Node): readonly Node[] {
  const all = [...listAt(path, "parameters"), ...listAt(operation, "parameters")].map((each) =>
    resolved(document, each),
  );
  return [...new Map(all.map((each) => [`${textAt(each, "in")} ${textAt(each, "name")}`, each])).values()];
}

export function requestParametersOf(parameters: readonly Node[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const place = PLACES[textAt(parameter, "in") ?? ""];
      const name = `method.request.${place}.${textAt(parameter, "name")}`;
      return place === undefined ? [] : [[name, place === "path" || flagAt(parameter, "required")] as const];
    }),
  );
}

type Place = { readonly document: Document; readonly operation: Node; readonly models: Models };

export function requestModelsOf({ document, operation, models }: Place, parameters: readonly Node[]): Texts {
  if (!document.swagger) return contentModels(resolved(document, operation["requestBody"]), models);
  const body = parameters.find((parameter) => textAt(parameter, "in") === "body");
  const model = body === undefined ? undefined : models.nameOf(body["schema"]);
  if (model === undefined) return {};
  return Object.fromEntries(typesOf("consumes", document, operation).map((type) => [type, model]));
}

function typesOf(name: "consumes" | "produces", { root }: Document, operation: Node): readonly string[] {
  const given = operation[name] === undefined ? listAt(root, name) : listAt(operation, name);
  return given.length === 0 ? [JSON_TYPE] : given.map(String);
}

function contentModels(holder: Node, models: Models): Texts {
  return Object.fromEntries(
    Object.entries(nodeAt(holder, "content")).flatMap(([type, media]) => {
      const model = isNode(media) ? models.nameOf(media["schema"]) : undefined;
      return model === undefined ? [] : [[type, model] as const];
    }),
  );
}

/** Those with a status: `default` has none, and API Gateway leaves it out. */
export function responsesOf(place: Place): Readonly<Record<string, MethodResponse>> {
  const { document, operation } = place;
  return Object.fromEntries(
    Object.entries(nodeAt(operation, "responses")).flatMap(([statusCode, given]) => {
      if (!/^[1-5]\d\d$/.test(statusCode)) return [];
      return [[statusCode, responseOf(place, statusCode, resolved(document, given))] as const];
    }),
  );
}

function responseOf({ document, operation, models }: Place, statusCode: string, response: Node): MethodResponse {
  const parameters = Object.keys(nodeAt(response, "headers")).map((name) => [`method.response.header.${name}`, false]);
  const responseModels = document.swagger
    ? schemaModels(models.nameOf(response["schema"]), typesOf("produces", document, operation))
    : contentModels(response, models);
  return {
    statusCode,
    ...(parameters.length === 0
      ? {}
      : { responseParameters: Object.fromEntries(parameters) as Record<string, boolean> }),
    ...(Object.keys(responseModels).length === 0 ? {} : { responseModels }),
  };
}

function schemaModels(model: string | undefined, types: readonly string[]): Texts {
  return model === undefined ? {} : Object.fromEntries(types.map((type) => [type, model]));
}
