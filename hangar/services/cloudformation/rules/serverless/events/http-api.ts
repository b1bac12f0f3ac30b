// Requests to an HTTP API: HttpApi.

import { ANY_METHOD } from "../definition.ts";
import { DEFAULT_PATH, HttpDefinition } from "../http-definition.ts";
import { apiIdIn } from "../implicit-apis.ts";
import { definitionProblem, eventProblem } from "../problems.ts";
import { put, type Fields } from "../python-order.ts";
import type { Resource } from "../resource.ts";
import { expectMap } from "../shape.ts";
import { at, fieldsAt, filled, isFields, sub, textOf } from "../values.ts";
import { invocationUri } from "./api-link.ts";
import { permission, type Event, type EventKind, type Link, type Target } from "./event.ts";
import { routeOf } from "./route.ts";

export const httpApi: EventKind = {
  shape: {
    Path: "string",
    Method: "string",
    ApiId: "string",
    Stage: "string",
    Auth: "map",
    TimeoutInMillis: "integer",
    RouteSettings: "map",
    PayloadFormatVersion: "string",
  },
  link({ name, properties }, resources) {
    const id = textOf(apiIdIn(properties["ApiId"])) ?? "";
    const found = fieldsAt(resources, id);
    if (found === undefined) throw eventProblem(name, `'${id}'`);
    return { id, resource: fieldsAt(found, "Properties") ?? {} };
  },
  expand(event, target, link) {
    if (link === undefined) throw definitionProblem(`Event ${event.id} has no API.`);
    const allowed = permissionFor(event, target, link);
    integrate(event, target, link);
    return allowed;
  },
};

function permissionFor(event: Event, target: Target, link: Link): Resource[] {
  const route = routeOf(event);
  const body = at(link.resource, "DefinitionBody");
  const definition = filled(body) ? new HttpDefinition(body) : undefined;
  const given = route.path.replace(/^(.+)\/$/, "$1");
  if (given !== DEFAULT_PATH && definition?.defaultRouteIs(target.resource.logicalId) === true) return [];
  const path = given === DEFAULT_PATH ? "" : given.replace(/\{([a-zA-Z0-9._-]+|proxy\+)\}/g, "*");
  const any = route.method === "any" || route.method === ANY_METHOD.text;
  const place =
    route.method === "any" && path === `/${DEFAULT_PATH}` ? path : `/${any ? "*" : route.method.toUpperCase()}${path}`;
  const arn = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}${place}`;
  return [
    permission(event, target, {
      principal: "apigateway.amazonaws.com",
      sourceArn: sub(arn, { __ApiId__: event.properties["ApiId"], __Stage__: "*" }),
    }),
  ];
}

function integrate(event: Event, { resource }: Target, link: Link): void {
  const { properties } = event;
  const { path, method } = routeOf(event);
  const body = at(link.resource, "DefinitionBody");
  if (body === undefined || body === null) return;
  const definition = new HttpDefinition(body);
  if (filled(at(link.resource, "__MANAGE_SWAGGER")) && definition.hasIntegration(path, method))
    throw eventProblem(event.name, `API method '${method}' defined multiple times for path '${path}'.`);
  const uri = invocationUri(resource, "${AWS::Partition}", false);
  definition.integrate(path, method, uri, textOf(at(resource.attributes, "Condition")));
  const auth = fieldsAt(properties, "Auth");
  if (auth !== undefined && filled(auth)) addAuth(event, { link, definition, auth });
  if (filled(at(properties, "TimeoutInMillis"))) definition.setTimeout(path, method, properties["TimeoutInMillis"]);
  definition.addPathParameters(path, method);
  if (filled(at(properties, "PayloadFormatVersion")))
    definition.setPayloadVersion(path, method, properties["PayloadFormatVersion"]);
  put(link.resource, "DefinitionBody", definition.written());
}

type Auth = { readonly link: Link; readonly definition: HttpDefinition; readonly auth: Fields };

function addAuth(event: Event, { link, definition, auth }: Auth): void {
  const { name } = event;
  const { path, method } = routeOf(event);
  const apiAuth = expectMap(at(link.resource, "Auth") ?? {}, { resource: link.id }, "Auth");
  const standard = at(apiAuth, "DefaultAuthorizer");
  if (!filled(at(auth, "Authorizer"))) {
    if (!filled(standard))
      throw eventProblem(
        name,
        "'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the HttpApi.",
      );
    put(auth, "Authorizer", standard);
  }
  const authorizer = at(auth, "Authorizer");
  const known = filled(apiAuth) ? at(apiAuth, "Authorizers") : {};
  const shown = textOf(authorizer) ?? JSON.stringify(authorizer);
  const iam = authorizer === "AWS_IAM" && at(apiAuth, "EnableIamAuthorizer") === true;
  const unable = (why: string): Error =>
    eventProblem(name, `Unable to set Authorizer [${shown}] on API method [${method}] for path [${path}]${why}`);
  if (authorizer !== "NONE" && !iam && (textOf(authorizer) === undefined || !isFields(known)))
    throw unable(". The method authorizer must be a string with a corresponding dict entry in the api authorizer.");
  const on = `Unable to set Authorizer on API method [${method}] for path [${path}] because`;
  if (authorizer === "NONE" && !filled(standard))
    throw eventProblem(name, `${on} 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.`);
  if (authorizer !== "NONE" && !iam) {
    if (!filled(known)) throw unable(" because the related API does not define any Authorizers.");
    if (!filled(at(known, shown))) throw unable(" because it wasn't defined in the API's Authorizers.");
  }
  const scopes = at(auth, "AuthorizationScopes");
  if (filled(scopes) && !Array.isArray(scopes))
    throw eventProblem(name, `${on} 'AuthorizationScopes' must be a list of strings.`);
  definition.setAuthorizer(path, method, shown, scopesOf(shown, known, scopes));
}

function scopesOf(authorizer: string, known: unknown, scopes: unknown): unknown {
  if (authorizer === "NONE" || authorizer === "AWS_IAM") return [];
  const own = at(at(known, authorizer), "AuthorizationScopes");
  if (filled(scopes)) return scopes;
  return filled(own) ? own : [];
}
