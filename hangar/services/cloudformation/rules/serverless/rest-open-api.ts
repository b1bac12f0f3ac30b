// A Swagger definition in the words of OpenAPI 3, where an API asks for that version.

import { isVersion3, pathItem } from "./definition.ts";
import { definitionProblem } from "./problems.ts";
import { copyOf, drop, entriesOf, keysOf, Literal, ordered, put, type Fields } from "./python-order.ts";
import { at, fieldsAt, filled, isFields } from "./values.ts";

/** Changes the definition itself. */
export function inOpenApi3(body: Fields, asked: unknown): Fields {
  if (at(body, "swagger") !== undefined && at(body, "swagger") !== null) return body;
  const version = asked ?? at(body, "openapi");
  if (!filled(version) || !isVersion3(version)) return body;
  move(body, "securityDefinitions", "securitySchemes");
  move(body, "definitions", "schemas");
  const paths = at(body, "paths");
  if (!filled(paths)) return body;
  if (!isFields(paths)) throw definitionProblem("Value of paths must be a dictionary according to Swagger spec.");
  for (const [path, value] of entriesOf(paths)) {
    const options = at(pathItem(value, path), "options");
    if (!filled(options)) continue;
    if (!isFields(options))
      throw definitionProblem(
        `Value of options method for path ${path} must be a dictionary according to Swagger spec.`,
      );
    modernize(path, options);
  }
  return body;
}

function move(body: Fields, from: string, to: string): void {
  const found = at(body, from);
  if (!filled(found)) return;
  const given = fieldsAt(body, "components");
  const components = filled(given) && given !== undefined ? given : ordered();
  put(components, new Literal(to), found);
  put(body, new Literal("components"), components);
  drop(body, from);
}

function modernize(path: string, options: Fields): void {
  for (const name of keysOf(copyOf(options))) {
    if (name === "produces" || name === "consumes") drop(options, name);
    if (name !== "responses") continue;
    const responses = options[name];
    const answer = at(responses, "200");
    for (const [value, place] of [
      [responses, ""],
      [answer, "200"],
    ] as const)
      if (value !== undefined && value !== null && !isFields(value))
        throw definitionProblem(
          `Invalid responses in options method for path ${path}: ${place === "" ? "It" : `The value of '${place}'`} should be a map.`,
        );
    const headers = at(answer, "headers");
    if (!filled(headers)) continue;
    if (!isFields(headers))
      throw definitionProblem(
        `Value of response's headers in options method for path ${path} must be a dictionary according to Swagger spec.`,
      );
    for (const [header, value] of entriesOf(headers)) put(headers, header, ordered({ schema: value }));
  }
}
