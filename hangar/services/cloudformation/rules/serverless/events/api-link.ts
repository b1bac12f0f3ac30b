// The API that an event names, and how both are tied: the integration's address and the permission's ARN.

import { eventProblem, resourceProblem } from "../problems.ts";
import { Literal, ordered, type Fields } from "../python-order.ts";
import type { Resource } from "../resource.ts";
import { apiIdIn } from "../implicit-apis.ts";
import { expectMap } from "../shape.ts";
import { at, textOf } from "../values.ts";
import type { Event, Link } from "./event.ts";

export function linkToRestApi({ name, properties }: Event, resources: Fields): Link {
  const id = textOf(apiIdIn(properties["RestApiId"]));
  if (id === undefined)
    throw eventProblem(name, "RestApiId property of Api event must reference a valid resource in the same template.");
  const api = expectMap(
    at(resources, id),
    { event: name },
    "RestApiId",
    "RestApiId property of Api event must reference a valid resource in the same template.",
  );
  const found = at(api, "Properties") ?? {};
  if (typeof found !== "object" || Array.isArray(found))
    throw resourceProblem(id, "Attribute 'Properties' should be a map.");
  if (textOf(at(found, "StageName")) === "") throw resourceProblem(id, "StageName cannot be empty.");
  return { id, resource: found as Fields };
}

/** The stage's name in the permission's logical id. */
export function stageSuffix({ resource }: Link): string {
  return textOf(at(resource, "StageName")) ?? "Stage";
}

/** Where API Gateway invokes the function. */
export function invocationUri(function_: Resource, partition: string, streamed: boolean): Fields {
  const [version, path] = streamed ? ["2021-11-15", "response-streaming-invocations"] : ["2015-03-31", "invocations"];
  const arn = function_.arn();
  const attribute = at(arn, "Fn::GetAtt");
  const name = Array.isArray(attribute) ? attribute.map(textOf).join(".") : textOf(at(arn, "Ref"));
  const uri = `arn:${partition}:apigateway:\${AWS::Region}:lambda:path/${version}/functions/\${${name}}/${path}`;
  // The id of a function is the template's; that of an alias is SAM's.
  return ordered({ "Fn::Sub": Array.isArray(attribute) ? uri : new Literal(uri) });
}
