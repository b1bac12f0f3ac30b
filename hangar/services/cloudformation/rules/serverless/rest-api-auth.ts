// Auth of a REST API: authorizers, keys and the resource policy in its definition, and what lets the authorizers be called.

import { iamAuthorizer, restAuthorizer, type RestAuthorizer } from "./rest-authorizer.ts";
import { isRestDefinition, RestDefinition } from "./rest-definition.ts";
import { inOpenApi3 } from "./rest-open-api.ts";
import { addCustomStatements, addResourcePolicy } from "./rest-policy.ts";
import { setDefaultAuthorizer, setDefaultKey } from "./rest-security.ts";
import { definitionProblem, resourceProblem } from "./problems.ts";
import { entriesOf, keysOf, ordered, put, type Fields } from "./python-order.ts";
import { Resource } from "./resource.ts";
import { expectMap } from "./shape.ts";
import { at, fieldsAt, filled, isFields, ref, sub, textOf } from "./values.ts";

const MEMBERS = [
  "Authorizers",
  "DefaultAuthorizer",
  "InvokeRole",
  "AddDefaultAuthorizerToCorsPreflight",
  "AddApiKeyRequiredToCorsPreflight",
  "ApiKeyRequired",
  "ResourcePolicy",
  "UsagePlan",
];

export function addAuth({ logicalId, properties }: Resource, body: unknown): unknown {
  const auth = fieldsAt(properties, "Auth");
  if (auth === undefined || !filled(auth)) return body;
  const invalid = (message: string): Error => resourceProblem(logicalId, message);
  if (!filled(body)) throw invalid("Auth works only with inline Swagger specified in 'DefinitionBody' property.");
  if (!keysOf(auth).every((key) => MEMBERS.includes(key))) throw invalid("Invalid value for 'Auth' property");
  if (!isRestDefinition(body))
    throw invalid(
      "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.",
    );
  const definition = new RestDefinition(body);
  const authorizers = authorizersOf(logicalId, auth, at(auth, "DefaultAuthorizer"));
  if (authorizers.length > 0) {
    for (const [name, authorizer] of authorizers) definition.addSecurity(name, authorizer.scheme());
    addDefault(logicalId, definition, auth, authorizers);
  }
  if (filled(at(auth, "ApiKeyRequired"))) {
    definition.addKeySecurity();
    const preflight = filled(at(auth, "AddApiKeyRequiredToCorsPreflight") ?? true);
    for (const path of definition.pathNames()) setDefaultKey(definition, path, preflight);
  }
  const policy = at(auth, "ResourcePolicy");
  if (filled(policy)) {
    if (!isFields(policy)) throw definitionProblem("ResourcePolicy must be a map (ResourcePolicyStatement).");
    for (const path of definition.pathNames()) addResourcePolicy(definition, policy, path, properties["StageName"]);
    addCustomStatements(definition, at(policy, "CustomStatements"));
  }
  return inOpenApi3(definition.written(), properties["OpenApiVersion"]);
}

type Named = readonly [name: string, authorizer: RestAuthorizer];

/** In the order in which a definition lists them. */
function authorizersOf(logicalId: string, auth: Fields, standard: unknown): Named[] {
  const found = ordered();
  if (standard === "AWS_IAM") put(found, "AWS_IAM", iamAuthorizer());
  const given = at(auth, "Authorizers");
  if (filled(given)) {
    const owner = { resource: logicalId };
    for (const [name, each] of entriesOf(expectMap(given, owner, "Auth.Authorizers")))
      put(found, name, restAuthorizer(logicalId, name, expectMap(each, owner, `Auth.Authorizers.${name}`)));
  }
  return entriesOf(found) as [string, RestAuthorizer][];
}

function addDefault(logicalId: string, definition: RestDefinition, auth: Fields, authorizers: readonly Named[]): void {
  const given = at(auth, "DefaultAuthorizer");
  if (!filled(given)) return;
  const name = textOf(given);
  if (name === undefined) throw resourceProblem(logicalId, "DefaultAuthorizer is not a string.");
  const scopes = new Map(authorizers.map(([each, authorizer]) => [each, authorizer.scopes]));
  if (!scopes.has(name))
    throw resourceProblem(
      logicalId,
      `Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`,
    );
  const preflight = filled(at(auth, "AddDefaultAuthorizerToCorsPreflight") ?? true);
  for (const path of definition.pathNames()) setDefaultAuthorizer(definition, path, name, { scopes, preflight });
}

export function authorizerPermissions({ logicalId, properties }: Resource, attributes: Fields): Resource[] {
  const auth = fieldsAt(properties, "Auth");
  if (auth === undefined) return [];
  return authorizersOf(logicalId, auth, undefined)
    .filter(([, authorizer]) => authorizer.permitted)
    .map(([name, { functionArn }]) => authorizerPermission({ logicalId, name, functionArn }, attributes));
}

/** Lets API Gateway call an authorizer's function. */
export function authorizerPermission(
  {
    logicalId,
    name,
    functionArn,
  }: { readonly logicalId: string; readonly name: string; readonly functionArn: unknown },
  attributes: Fields,
  partition = "aws",
): Resource {
  const arn = `arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`;
  return new Resource(
    "AWS::Lambda::Permission",
    `${logicalId}${name}AuthorizerPermission`,
    {
      Action: "lambda:InvokeFunction",
      FunctionName: functionArn,
      Principal: "apigateway.amazonaws.com",
      SourceArn: sub(arn, { __ApiId__: ref(logicalId) }),
    },
    { attributes },
  );
}
