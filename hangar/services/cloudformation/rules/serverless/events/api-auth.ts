// Auth of one method of a REST API, as its event says it.

import { addCustomStatements, addResourcePolicy } from "../rest-policy.ts";
import { setMethodAuth } from "../rest-security.ts";
import { resolveParameters } from "../resolve.ts";
import { eventProblem } from "../problems.ts";
import type { Fields } from "../python-order.ts";
import type { RestDefinition } from "../rest-definition.ts";
import { expectList, expectMap } from "../shape.ts";
import { at, fieldsAt, filled, isFields, textOf } from "../values.ts";
import { stageSuffix } from "./api-link.ts";
import type { Event, Link, Target } from "./event.ts";

type Asked = {
  readonly definition: RestDefinition;
  readonly link: Link;
  readonly route: { readonly path: string; readonly method: string };
  readonly auth: Fields;
};

export function addMethodAuth(event: Event, { expansion }: Target, { definition, link, route, auth }: Asked): void {
  const apiAuth = resolveParameters(fieldsAt(link.resource, "Auth"), expansion.parameters);
  const authorizer = at(auth, "Authorizer");
  if (filled(authorizer)) checkAuthorizer(event, route, { authorizer, apiAuth, apiId: link.id });
  const scopes = at(auth, "AuthorizationScopes");
  if (filled(scopes)) {
    expectList(scopes, { event: event.name }, "Auth.AuthorizationScopes");
    if (!filled(authorizer)) throw eventProblem(event.name, "AuthorizationScopes works only when Authorizer is set");
  }
  const keyed = at(auth, "ApiKeyRequired") ?? undefined;
  if (keyed !== undefined && !filled(keyed) && !filled(at(apiAuth, "ApiKeyRequired")))
    throw eventProblem(
      event.name,
      `Unable to set ApiKeyRequired [False] on API method [${route.method}] for path [${route.path}] because the related API does not specify any ApiKeyRequired.`,
    );
  setMethodAuth(definition, route, auth, apiAuth);
  const policy = at(auth, "ResourcePolicy");
  if (!filled(policy)) return;
  const given = expectMap(policy, { resource: event.name }, "Auth.ResourcePolicy");
  // The stage's own value: where it stands in the policy it is the template's.
  const stage = at(link.resource, "StageName");
  addResourcePolicy(definition, given, route.path, textOf(stage) === undefined ? stageSuffix(link) : stage);
  addCustomStatements(definition, at(given, "CustomStatements"));
}

type Chosen = { readonly authorizer: unknown; readonly apiAuth: Fields | undefined; readonly apiId: string };

function checkAuthorizer(
  { name }: Event,
  { path, method }: Asked["route"],
  { authorizer, apiAuth, apiId }: Chosen,
): void {
  const known = at(apiAuth, "Authorizers");
  if (filled(known)) expectMap(known, { resource: apiId }, "Auth.Authorizers");
  if (authorizer === "AWS_IAM") return;
  const shown = textOf(authorizer) ?? JSON.stringify(authorizer);
  const unable = (why: string): Error =>
    eventProblem(name, `Unable to set Authorizer [${shown}] on API method [${method}] for path [${path}]${why}`);
  if (authorizer === "NONE") {
    if (filled(at(apiAuth, "DefaultAuthorizer"))) return;
    throw eventProblem(
      name,
      `Unable to set Authorizer on API method [${method}] for path [${path}] because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.`,
    );
  }
  if (!filled(known)) throw unable(" because the related API does not define any Authorizers.");
  if (textOf(authorizer) === undefined || !isFields(known))
    throw unable(". The method authorizer must be a string with a corresponding dict entry in the api authorizer.");
  if (!filled(at(known, shown))) throw unable(" because it wasn't defined in the API's Authorizers.");
}
