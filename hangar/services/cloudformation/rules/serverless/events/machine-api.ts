// Requests to a REST API that start executions of a state machine.

import { definitionProblem, eventProblem } from "../problems.ts";
import { Literal, ordered, put, update, type Fields } from "../python-order.ts";
import { RestDefinition } from "../rest-definition.ts";
import type { Resource } from "../resource.ts";
import { at, conditional, fieldsAt, filled, sub, textOf } from "../values.ts";
import { addMethodAuth } from "./api-auth.ts";
import { linkToRestApi } from "./api-link.ts";
import type { Event, EventKind, Link, Target } from "./event.ts";
import { routeOf } from "./route.ts";
import { startingRole } from "./rules.ts";

const literal = (text: string): Literal => new Literal(text);

export const machineApi: EventKind = {
  shape: {
    Path: "string!",
    Method: "string!",
    RestApiId: "string!",
    Stage: "string",
    Auth: "map",
    UnescapeMappingTemplate: "=boolean",
  },
  link: linkToRestApi,
  expand(event, target, link) {
    if (link === undefined) throw definitionProblem(`Event ${event.id} has no API.`);
    const role = startingRole(event, target, "apigateway.amazonaws.com");
    if (filled(at(link.resource, "__MANAGE_SWAGGER"))) integrate(event, target, link, role);
    return [role];
  },
};

function integrate(event: Event, target: Target, link: Link, role: Resource): void {
  const body = at(link.resource, "DefinitionBody");
  if (body === undefined || body === null) return;
  const { properties, name } = event;
  const route = routeOf(event);
  const definition = new RestDefinition(body);
  if (definition.hasIntegration(route.path, route.method))
    throw eventProblem(name, `API method "${route.method}" defined multiple times for path "${route.path}".`);
  const condition = textOf(at(target.resource.attributes, "Condition"));
  const uri = sub(literal("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"));
  const templates = requestTemplates(target.resource, filled(at(properties, "UnescapeMappingTemplate")));
  const integration = (): Fields => {
    const made = ordered({
      type: literal("aws"),
      httpMethod: literal("POST"),
      uri: condition === undefined ? uri : conditional(condition, uri),
      responses: ordered({
        "200": ordered({ statusCode: literal("200") }),
        "400": ordered({ statusCode: literal("400") }),
      }),
      credentials: { "Fn::GetAtt": [literal(role.logicalId), literal("Arn")] },
    });
    update(made, ordered({ requestTemplates: templates }));
    return made;
  };
  const responses = ordered({
    "200": ordered({ description: literal("OK") }),
    "400": ordered({ description: literal("Bad Request") }),
  });
  definition.integrate(route.path, route.method, integration, { responses, condition });
  const auth = fieldsAt(properties, "Auth");
  if (auth !== undefined && filled(auth)) addMethodAuth(event, target, { definition, link, route, auth });
  put(link.resource, "DefinitionBody", definition.written());
}

function requestTemplates({ logicalId }: Resource, unescaped: boolean): Fields {
  const escaped = "$util.escapeJavaScript($input.json('$'))";
  const input = unescaped ? `${escaped}.replaceAll("\\\\'","'")` : escaped;
  return {
    "application/json": sub(literal(`{"input": "${input}", "stateMachineArn": "\${${logicalId}}"}`)),
  };
}
