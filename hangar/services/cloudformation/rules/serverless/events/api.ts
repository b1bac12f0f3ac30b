// Requests to a REST API: Api.

import { withStars } from "../rest-policy.ts";
import { definitionProblem, eventProblem, resourceProblem } from "../problems.ts";
import {
  copyOf,
  entriesOf,
  keysOf,
  listedMap,
  Literal,
  ordered,
  put,
  writtenKeysOf,
  type Fields,
} from "../python-order.ts";
import { emptyRestDefinition, RestDefinition } from "../rest-definition.ts";
import { methodKey, nameOf } from "../definition.ts";
import { expectMap } from "../shape.ts";
import { at, conditional, fieldsAt, filled, isFields, isFunction, sub, textOf } from "../values.ts";
import { addMethodAuth } from "./api-auth.ts";
import { invocationUri, linkToRestApi, stageSuffix } from "./api-link.ts";
import { permission, type Event, type EventKind, type Link, type Target } from "./event.ts";
import { routeOf, type Route } from "./route.ts";

export const api: EventKind = {
  shape: {
    Path: "string!",
    Method: "string!",
    RestApiId: "string!",
    Stage: "string",
    Auth: "map",
    RequestModel: "map",
    RequestParameters: "list",
    TimeoutInMillis: "integer",
    ResponseTransferMode: "string",
  },
  link: linkToRestApi,
  expand(event, target, link) {
    if (link === undefined) throw definitionProblem(`Event ${event.id} has no API.`);
    const route = routeOf(event);
    const place = withStars(route.path.replace(/^(.+)\/$/, "$1"));
    const method = route.method === "any" ? "*" : route.method.toUpperCase();
    const arn = `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${method}${place}`;
    const allowed = permission(event, target, {
      principal: "apigateway.amazonaws.com",
      suffix: stageSuffix(link),
      sourceArn: sub(arn, { __ApiId__: event.properties["RestApiId"], __Stage__: "*" }),
    });
    const properties = link.resource;
    if (filled(at(properties, "__MANAGE_SWAGGER")) || filled(at(properties, "MergeDefinitions")))
      integrate(event, target, { link, route });
    overrideAuth(event, target, { link, route });
    return [allowed];
  },
};

type Placed = { readonly link: Link; readonly route: Route };

function integrate(event: Event, target: Target, { link, route }: Placed): void {
  const { properties } = event;
  const merging = filled(at(link.resource, "MergeDefinitions"));
  const before = at(link.resource, "DefinitionBody");
  if (before === undefined || before === null) return;
  const definition = new RestDefinition(merging ? emptyRestDefinition() : before);
  if (definition.hasIntegration(route.path, route.method))
    throw eventProblem(event.name, `API method "${route.method}" defined multiple times for path "${route.path}".`);
  addLambda(event, target, { definition, link, route });
  const auth = fieldsAt(properties, "Auth");
  if (auth !== undefined && filled(auth)) addMethodAuth(event, target, { definition, link, route, auth });
  if (filled(at(properties, "TimeoutInMillis")))
    definition.setTimeout(route.path, route.method, properties["TimeoutInMillis"]);
  if (filled(at(properties, "RequestModel"))) addModel(event, { definition, link, route });
  if (filled(at(properties, "RequestParameters")))
    definition.addParameters(route.path, route.method, parametersOf(event));
  const written = merging ? mergedDefinition(before as Fields, definition, { link, route }) : definition.written();
  put(link.resource, "DefinitionBody", written);
}

type Integrating = Placed & { readonly definition: RestDefinition };

function addLambda(event: Event, { resource }: Target, { definition, link, route }: Integrating): void {
  const { properties, name } = event;
  const auth = expectMap(at(properties, "Auth") ?? {}, { event: name }, "Auth");
  const given = at(link.resource, "Auth");
  const apiAuth = expectMap(filled(given) ? given : {}, { resource: link.id }, "Auth");
  const condition = textOf(at(resource.attributes, "Condition"));
  const streamed = at(properties, "ResponseTransferMode") === "RESPONSE_STREAM";
  const uri = invocationUri(resource, "aws", streamed);
  const asCaller =
    at(auth, "Authorizer") === "AWS_IAM" || (at(apiAuth, "DefaultAuthorizer") === "AWS_IAM" && !filled(auth));
  const credentials = asCaller ? credentialsOf(auth, apiAuth) : undefined;
  const integration = (): Fields =>
    ordered({
      type: new Literal("aws_proxy"),
      httpMethod: new Literal("POST"),
      uri: condition === undefined ? uri : conditional(condition, uri),
      ...(streamed ? { responseTransferMode: new Literal("STREAM") } : {}),
      ...(credentials === undefined ? {} : { credentials }),
    });
  definition.integrate(route.path, route.method, integration, { condition });
}

/** With whose rights the function is invoked: the caller's own, unless a role is named. */
function credentialsOf(auth: Fields, apiAuth: Fields): unknown {
  const roleOf = (from: Fields): unknown => {
    const role = at(from, "InvokeRole");
    return filled(role) ? role : Object.hasOwn(from, "InvokeRole") ? "NONE" : undefined;
  };
  const role = roleOf(auth) ?? roleOf(apiAuth) ?? "CALLER_CREDENTIALS";
  if (role === "NONE") return undefined;
  return role === "CALLER_CREDENTIALS" ? new Literal("arn:aws:iam::*:user/*") : role;
}

function addModel(event: Event, { definition, link, route }: Integrating): void {
  const { name } = event;
  const given = expectMap(event.properties["RequestModel"], { event: name }, "RequestModel");
  const model = at(given, "Model");
  if (!filled(model)) return;
  const shown = textOf(model) ?? JSON.stringify(model);
  const unable = (why: string): Error =>
    eventProblem(
      name,
      `Unable to set RequestModel [${shown}] on API method [${route.method}] for path [${route.path}] because ${why}`,
    );
  const models = at(link.resource, "Models");
  if (!filled(models)) throw unable("the related API does not define any Models.");
  if (!isFunction(models) && !isFields(models)) throw unable("the related API Models defined is of invalid type.");
  if (textOf(model) === undefined) throw unable("the related API does not contain valid Models.");
  if (!filled(at(models, shown))) throw unable("it wasn't defined in the API's Models.");
  definition.addModel(route.path, route.method, shown, at(given, "Required"));
  const [body, parameters] = [at(given, "ValidateBody"), at(given, "ValidateParameters")].map(
    (each) => each ?? undefined,
  );
  if (body === undefined && parameters === undefined) return;
  const [checkBody, checkParameters] = [body ?? false, parameters ?? false];
  if (typeof checkBody !== "boolean" || typeof checkParameters !== "boolean")
    throw eventProblem(
      name,
      `Unable to set Validator to RequestModel [${shown}] on API method [${route.method}] for path [${route.path}] ValidateBody and ValidateParameters must be a boolean type, strings or intrinsics are not supported.`,
    );
  definition.addValidator(route.path, route.method, checkBody, checkParameters);
}

type Parameter = { readonly name: string; readonly required: unknown; readonly caching: unknown };

function parametersOf(event: Event): Parameter[] {
  const invalid = (message: string): Error =>
    eventProblem(event.name, `Invalid value for 'RequestParameters' property. ${message}`);
  return (event.properties["RequestParameters"] as unknown[]).map((given) => {
    const [first] = isFields(given) ? entriesOf(given) : [];
    const [key, settings] = first ?? [textOf(given) ?? "", {}];
    if (!isFields(given) && textOf(given) === undefined) throw invalid("Property must be either a string or an object");
    if (!/^method\.request\.(querystring|path|header)\./.test(key))
      throw invalid(
        "Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.",
      );
    if (!isFields(settings) || !keysOf(settings).every((name) => name === "Required" || name === "Caching"))
      throw invalid("Values must be an object, e.g { Required: true, Caching: false }");
    return { name: key, required: at(settings, "Required") ?? false, caching: at(settings, "Caching") ?? false };
  });
}

/** The user's definition, with what SAM writes of this method. */
function mergedDefinition(source: Fields, definition: RestDefinition, { link, route }: Placed): Fields {
  const merged = copyOf(source);
  const paths = filled(at(merged, "paths")) ? at(merged, "paths") : {};
  const own = at(at(paths, route.path), route.method) ?? {};
  const before = expectMap(
    filled(own) ? own : {},
    { resource: link.id },
    `DefinitionBody.paths.${route.path}.${route.method}`,
  );
  const written = fieldsAt(
    fieldsAt(fieldsAt(definition.written(), "paths"), route.path),
    nameOf(methodKey(route.method)),
  );
  if (!isFields(paths))
    throw resourceProblem(link.id, "Property 'DefinitionBody' is invalid: The value of '' should be a map");
  const method = listedMap([...writtenKeysOf(before), ...writtenKeysOf(written ?? {})]);
  if (isFields(at(paths, route.path))) put(fieldsAt(paths, route.path) ?? {}, route.method, method);
  else put(paths, route.path, listedMap([[route.method, method]]));
  return merged;
}

/** Of a definition that is the user's own, only the method's auth is written. */
function overrideAuth(event: Event, target: Target, { link, route }: Placed): void {
  const auth = fieldsAt(event.properties, "Auth");
  const body = at(link.resource, "DefinitionBody");
  if (auth === undefined || !filled(body) || !filled(at(auth, "OverrideApiAuth"))) return;
  if (!["Authorizer", "ApiKeyRequired", "ResourcePolicy"].some((name) => filled(at(auth, name))))
    throw eventProblem(
      event.name,
      "Must define one of: Authorizer, ApiKeyRequired or ResourcePolicy when using the OverrideApiAuth property.",
    );
  const definition = new RestDefinition(body);
  addMethodAuth(event, target, { definition, link, route, auth });
  put(link.resource, "DefinitionBody", definition.written());
}
