// GatewayResponses of a REST API, in its definition.

import { resourceProblem } from "./problems.ts";
import { entriesOf, keysOf, Literal, ordered, put, type Fields } from "./python-order.ts";
import { isRestDefinition, RestDefinition } from "./rest-definition.ts";
import { expectMap } from "./shape.ts";
import { at, filled, isFields, isFunction, textOf } from "./values.ts";

const MEMBERS = ["ResponseParameters", "ResponseTemplates", "StatusCode"];
const PLACES = [
  ["Headers", "header."],
  ["Paths", "path."],
  ["QueryStrings", "querystring."],
] as const;

export function addGatewayResponses(logicalId: string, body: unknown, given: unknown): unknown {
  if (!filled(given) || !isFields(given)) return body;
  if (!filled(body))
    throw resourceProblem(
      logicalId,
      "GatewayResponses works only with inline Swagger specified in 'DefinitionBody' property.",
    );
  for (const [type, response] of entriesOf(given)) checkMembers(logicalId, type, response);
  if (!isRestDefinition(body))
    throw resourceProblem(
      logicalId,
      "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    );
  const definition = new RestDefinition(body);
  const made = ordered();
  for (const [type, response] of entriesOf(given)) put(made, type, responseOf(logicalId, type, response as Fields));
  for (const [type, response] of entriesOf(made)) put(definition.responses, type, response);
  return definition.written();
}

/** As SAM names them. */
const TYPES: Readonly<Record<string, string>> = { string: "Py27UniStr", boolean: "bool", number: "int" };

function checkMembers(logicalId: string, type: string, response: unknown): void {
  if (isFunction(response))
    throw resourceProblem(
      logicalId,
      "Unable to set GatewayResponses attribute because intrinsic functions are not supported for this field.",
    );
  if (!isFields(response)) {
    const kind = Array.isArray(response) ? "list" : response === null ? "NoneType" : TYPES[typeof response];
    throw resourceProblem(
      logicalId,
      `Invalid property type '${kind ?? "object"}' for GatewayResponses. Expected an object of type 'GatewayResponse'.`,
    );
  }
  for (const key of keysOf(response))
    if (!MEMBERS.includes(key))
      throw resourceProblem(logicalId, `Invalid property '${key}' in 'GatewayResponses' property '${type}'.`);
}

function responseOf(logicalId: string, type: string, given: Fields): Fields {
  const owner = { resource: logicalId };
  const parameters = at(given, "ResponseParameters") ?? {};
  const members = filled(parameters) ? expectMap(parameters, owner, `GatewayResponses.${type}.ResponseParameters`) : {};
  for (const key of keysOf(members))
    if (!PLACES.some(([name]) => name === key))
      throw resourceProblem(logicalId, `Invalid gateway response parameter '${key}'`);
  const status = at(given, "StatusCode") ?? undefined;
  const code = textOf(status) ?? (status === undefined ? undefined : JSON.stringify(status));
  if (code !== undefined && filled(status) && !/^[0-9]{1,3}$/.test(code))
    throw resourceProblem(logicalId, "Property 'StatusCode' must be numeric");
  const placed = ordered();
  for (const [name, prefix] of PLACES) {
    const values = expectMap(at(members, name) ?? {}, owner, `ResponseParameters.${name}`);
    for (const [key, value] of entriesOf(values)) put(placed, `gatewayresponse.${prefix}${key}`, value);
  }
  const made = ordered({
    responseParameters: placed,
    responseTemplates: filled(at(given, "ResponseTemplates")) ? at(given, "ResponseTemplates") : ordered(),
  });
  if (code !== undefined && code !== "") put(made, new Literal("statusCode"), new Literal(code));
  return made;
}
