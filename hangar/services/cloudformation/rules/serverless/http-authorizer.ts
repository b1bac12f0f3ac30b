// An authorizer of an HTTP API, as its definition's security scheme: JWT, a function, or IAM.

import { resourceProblem } from "./problems.ts";
import { entriesOf, type Fields } from "./python-order.ts";
import { expect, expectList, expectMap, expectText } from "./shape.ts";
import { at, filled, sub } from "./values.ts";

export type HttpAuthorizer = {
  readonly scheme: Fields;
  readonly scopes: unknown;
  readonly functionArn: unknown;
  /** API Gateway is allowed to call the function. */
  readonly permitted: boolean;
};

const IAM: HttpAuthorizer = {
  scheme: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
  scopes: [],
  functionArn: undefined,
  permitted: false,
};

const OAUTH = "OAuth2 Authorizer";
const LAMBDA = "Lambda Authorizer";
/** Which kind of authorizer takes which member. */
const MEMBERS: readonly (readonly [member: string, kind: string, message: string])[] = [
  ["AuthorizationScopes", OAUTH, OAUTH],
  ["JwtConfiguration", OAUTH, OAUTH],
  ["IdentitySource", OAUTH, `${OAUTH}. For Lambda Authorizer, use the 'Identity' property instead`],
  ["FunctionArn", LAMBDA, LAMBDA],
  ["FunctionInvokeRole", LAMBDA, LAMBDA],
  ["Identity", LAMBDA, LAMBDA],
  ["AuthorizerPayloadFormatVersion", LAMBDA, LAMBDA],
  ["EnableSimpleResponses", LAMBDA, LAMBDA],
  ["EnableFunctionDefaultPermissions", LAMBDA, LAMBDA],
];

export function httpAuthorizersOf(apiId: string, auth: Fields): (readonly [string, HttpAuthorizer])[] {
  const iam = at(auth, "EnableIamAuthorizer") === true ? [["AWS_IAM", IAM] as const] : [];
  const given = at(auth, "Authorizers");
  if (!filled(given)) return iam;
  const owner = { resource: apiId };
  const own = entriesOf(expectMap(given, owner, "Auth.Authorizers")).map(([name, each]) => {
    const members = expectMap(each, owner, `Auth.Authorizers.${name}`);
    return [name, authorizerOf(apiId, name, members)] as const;
  });
  return [...iam, ...own];
}

function authorizerOf(apiId: string, name: string, given: Fields): HttpAuthorizer {
  const owner = { resource: apiId };
  const invalid = (message: string): Error => resourceProblem(apiId, message);
  if (Object.hasOwn(given, "OpenIdConnectUrl"))
    throw invalid(
      `'OpenIdConnectUrl' is no longer a supported property for authorizer '${name}'. Please refer to the AWS SAM documentation.`,
    );
  const jwt = at(given, "JwtConfiguration");
  if (filled(jwt)) expectMap(jwt, owner, "JwtConfiguration");
  const kind = filled(jwt) ? OAUTH : LAMBDA;
  const scopes = at(given, "AuthorizationScopes") ?? undefined;
  if (scopes !== undefined && !Array.isArray(scopes)) throw invalid("AuthorizationScopes must be a list.");
  for (const [member, of, message] of MEMBERS)
    if (
      (at(given, member) ?? undefined) !== undefined &&
      of !== kind &&
      !(member === "JwtConfiguration" && !filled(jwt))
    )
      throw invalid(`${member} is only supported for ${message}.`);
  const required = kind === OAUTH ? ["IdentitySource"] : ["FunctionArn", "AuthorizerPayloadFormatVersion"];
  for (const member of required)
    if (!filled(at(given, member))) throw invalid(`${name} ${kind} must define '${member}'.`);
  const permitted = at(given, "EnableFunctionDefaultPermissions") ?? undefined;
  if (permitted !== undefined)
    expect("boolean", permitted, owner, `Authorizers.${name}.EnableFunctionDefaultPermissions`);
  return {
    scheme: kind === OAUTH ? jwtScheme(given, jwt as Fields) : lambdaScheme(apiId, name, given),
    scopes: scopes ?? [],
    functionArn: at(given, "FunctionArn"),
    permitted: permitted === true,
  };
}

function jwtScheme(given: Fields, jwt: Fields): Fields {
  const members = entriesOf(jwt).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    type: "oauth2",
    "x-amazon-apigateway-authorizer": {
      jwtConfiguration: Object.fromEntries(members) as Fields,
      identitySource: at(given, "IdentitySource"),
      type: "jwt",
    },
  };
}

const SOURCES = [
  ["Headers", "$request.header."],
  ["QueryStrings", "$request.querystring."],
  ["StageVariables", "$stageVariables."],
  ["Context", "$context."],
] as const;

function lambdaScheme(apiId: string, name: string, given: Fields): Fields {
  const owner = { resource: apiId };
  const uri = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations";
  const role = at(given, "FunctionInvokeRole");
  const identity = filled(at(given, "Identity"))
    ? expectMap(at(given, "Identity"), owner, `Auth.Authorizers.${name}.Identity`)
    : undefined;
  const every = at(identity, "ReauthorizeEvery") ?? undefined;
  const sources = SOURCES.flatMap(([member, prefix]) => {
    const values = at(identity, member);
    if (!filled(values)) return [];
    const path = `Authorizers.${name}.Identity.${member}`;
    return expectList(values, owner, path).map(
      (value, index) => `${prefix}${expectText(value, owner, `${path}[${index}]`)}`,
    );
  });
  const simple = at(given, "EnableSimpleResponses");
  return {
    type: "apiKey",
    name: "Unused",
    in: "header",
    "x-amazon-apigateway-authorizer": {
      type: "request",
      authorizerUri: sub(uri, { __FunctionArn__: at(given, "FunctionArn") }),
      ...(filled(role) && role !== "NONE" ? { authorizerCredentials: role } : {}),
      ...(every === undefined ? {} : { authorizerResultTtlInSeconds: every }),
      ...(identity === undefined ? {} : { identitySource: sources }),
      authorizerPayloadFormatVersion: at(given, "AuthorizerPayloadFormatVersion"),
      ...(filled(simple) ? { enableSimpleResponses: simple } : {}),
    },
  };
}
