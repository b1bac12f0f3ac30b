// An authorizer of a REST API, as its definition's security scheme.

import { resourceProblem } from "./problems.ts";
import { Literal, ordered, put, type Fields } from "./python-order.ts";
import { expect, expectList, expectMap, expectText } from "./shape.ts";
import { at, filled, sub, textOf } from "./values.ts";

const literal = (text: string): Literal => new Literal(text);
const AUTHORIZER = literal("x-amazon-apigateway-authorizer");

export type RestAuthorizer = {
  readonly scheme: () => Fields;
  readonly scopes: unknown;
  readonly functionArn: unknown;
  /** API Gateway is allowed to call the function. */
  readonly permitted: boolean;
};

export function iamAuthorizer(): RestAuthorizer {
  const scheme = (): Fields =>
    ordered({
      type: literal("apiKey"),
      name: literal("Authorization"),
      in: literal("header"),
      "x-amazon-apigateway-authtype": literal("awsSigv4"),
    });
  return { scheme, scopes: [], functionArn: undefined, permitted: false };
}

export function restAuthorizer(apiId: string, name: string, given: Fields): RestAuthorizer {
  const owner = { resource: apiId };
  const payload = at(given, "FunctionPayloadType") ?? undefined;
  const identity = at(given, "Identity") ?? undefined;
  const scopes = at(given, "AuthorizationScopes") ?? [];
  const unpermitted = at(given, "DisableFunctionDefaultPermissions") ?? undefined;
  if (payload !== undefined && payload !== "TOKEN" && payload !== "REQUEST")
    throw resourceProblem(
      apiId,
      `${name} Authorizer has invalid 'FunctionPayloadType': ${String(textOf(payload) ?? JSON.stringify(payload))}.`,
    );
  if (payload === "REQUEST" && lacksSource(identity, owner, name))
    throw resourceProblem(
      apiId,
      `${name} Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context.`,
    );
  expectList(scopes, owner, `Authorizers.${name}.AuthorizationScopes`);
  if (unpermitted !== undefined)
    expect("boolean", unpermitted, owner, `Authorizers.${name}.DisableFunctionDefaultPermissions`);
  const functionArn = at(given, "FunctionArn") ?? undefined;
  return {
    scheme: () => schemeOf({ apiId, name, given, identity, functionArn, request: payload === "REQUEST" }),
    scopes,
    functionArn,
    permitted: filled(functionArn) && unpermitted !== true,
  };
}

function lacksSource(identity: unknown, owner: { readonly resource: string }, name: string): boolean {
  if (!filled(identity)) return true;
  const given = expectMap(identity, owner, `Authorizer.${name}.Identity`);
  const none = ["Headers", "QueryStrings", "StageVariables", "Context"].every((source) => !filled(at(given, source)));
  const every = at(given, "ReauthorizeEvery");
  const seconds = Number(textOf(every) ?? every ?? Number.NaN);
  return Number.isNaN(seconds) ? none : seconds > 0 && none;
}

type Asked = {
  readonly apiId: string;
  readonly name: string;
  readonly given: Fields;
  readonly identity: unknown;
  readonly functionArn: unknown;
  readonly request: boolean;
};

function schemeOf(asked: Asked): Fields {
  const { apiId, given, identity, request } = asked;
  const pool = at(given, "UserPoolArn");
  const cognito = filled(pool);
  if (filled(identity))
    expectMap(
      identity,
      { resource: apiId },
      "",
      "Auth.Authorizers.<Authorizer>.Identity must be a dict (LambdaTokenAuthorizationIdentity, LambdaRequestAuthorizationIdentity or CognitoAuthorizationIdentity).",
    );
  const header = filled(at(identity, "Header")) ? at(identity, "Header") : literal("Authorization");
  const scheme = ordered({
    type: literal("apiKey"),
    name: request && !cognito ? literal("Unused") : header,
    in: literal("header"),
    "x-amazon-apigateway-authtype": literal(cognito ? "cognito_user_pools" : "custom"),
  });
  const authorizer = cognito
    ? ordered({ type: literal("cognito_user_pools"), providerARNs: Array.isArray(pool) ? pool : [pool] })
    : lambdaAuthorizer(asked);
  put(scheme, AUTHORIZER, authorizer);
  const expression = at(identity, "ValidationExpression");
  if ((cognito || !request) && filled(expression)) put(authorizer, literal("identityValidationExpression"), expression);
  return scheme;
}

function lambdaAuthorizer({ apiId, name, given, identity, functionArn, request }: Asked): Fields {
  const made = ordered({ type: literal(request ? "request" : "token") });
  const uri = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations";
  put(made, literal("authorizerUri"), sub(literal(uri), { __FunctionArn__: functionArn ?? null }));
  const every = at(identity, "ReauthorizeEvery");
  if (every !== undefined && every !== null) put(made, literal("authorizerResultTtlInSeconds"), every);
  const role = at(given, "FunctionInvokeRole");
  if (filled(role) && role !== "NONE") put(made, literal("authorizerCredentials"), role);
  const sources = request ? identitySources(apiId, name, identity) : [];
  if (sources.length > 0) put(made, literal("identitySource"), sources.join(", "));
  return made;
}

const SOURCES = [
  ["Headers", "method.request.header."],
  ["QueryStrings", "method.request.querystring."],
  ["StageVariables", "stageVariables."],
  ["Context", "context."],
] as const;

function identitySources(apiId: string, name: string, identity: unknown): string[] {
  const owner = { resource: apiId };
  return SOURCES.flatMap(([member, prefix]) => {
    const names = at(identity, member);
    if (!filled(names)) return [];
    const path = `Auth.Authorizers.${name}.Identity.${member}`;
    return expectList(names, owner, path).map(
      (each, index) => `${prefix}${expectText(each, owner, `${path}[${index}]`)}`,
    );
  });
}
