// Condition keys of managing HTTP and WebSocket APIs: what a request asks for, and what the thing that it is for has.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html

import type { AccessLogSettings, DomainNameConfiguration } from "../../../models/apigatewayv2.d.ts";
import type { ConditionKeys } from "../../../ports/access.ts";
import { key, type ApiGatewayV2Context } from "../store.ts";

type Tags = Readonly<Record<string, string>>;

/** What the keys tell of, by the names that inputs and rows have for it. */
type Facts = {
  readonly Name?: unknown;
  readonly DisableExecuteApiEndpoint?: unknown;
  readonly AuthorizerType?: unknown;
  readonly AuthorizerUri?: unknown;
  readonly ApiKeyRequired?: unknown;
  readonly AuthorizationType?: unknown;
  readonly StageName?: unknown;
  readonly AccessLogSettings?: AccessLogSettings | undefined;
  readonly DomainNameConfigurations?: readonly DomainNameConfiguration[] | undefined;
};

type Input = Facts & {
  readonly ApiId?: string;
  readonly RouteId?: string;
  readonly AuthorizerId?: string;
  readonly ResourceArn?: string;
  readonly Tags?: Tags;
  readonly TagKeys?: readonly string[];
};

type Names = Readonly<Record<string, keyof Facts>>;
type Values = Record<string, string | string[]>;

const API: Names = { ApiName: "Name", DisableExecuteApiEndpoint: "DisableExecuteApiEndpoint" };
const AUTHORIZER: Names = { AuthorizerType: "AuthorizerType", AuthorizerUri: "AuthorizerUri" };
const ROUTE: Names = { ApiKeyRequired: "ApiKeyRequired", RouteAuthorizationType: "AuthorizationType" };

/** Which members of a request are conditions, beside those of stages and domain names. */
const ASKED: Readonly<Record<string, Names>> = {
  CreateApi: API,
  UpdateApi: API,
  CreateAuthorizer: AUTHORIZER,
  UpdateAuthorizer: AUTHORIZER,
  CreateRoute: ROUTE,
  UpdateRoute: ROUTE,
  CreateDeployment: { StageName: "StageName" },
  CreateStage: {},
  UpdateStage: {},
  CreateDomainName: {},
  UpdateDomainName: {},
};

export function conditionsOf(operation: string, input: Input, { store }: ApiGatewayV2Context): ConditionKeys {
  const { ApiId = "", StageName = "", RouteId = "", AuthorizerId = "" } = { ...input, ...placeOf(input.ResourceArn) };
  const api = store.apis.get(ApiId);
  const stage = store.stages.get(key(ApiId, String(StageName)));
  const asked = ASKED[operation];
  return {
    ...(asked !== undefined && keysOf("Request", asked, input)),
    ...(api !== undefined && keysOf("Resource", API, api)),
    ...(stage !== undefined && keysOf("Resource", {}, stage)),
    ...keysOf("Resource", ROUTE, store.routes.get(key(ApiId, RouteId)) ?? {}),
    ...keysOf("Resource", AUTHORIZER, store.authorizers.get(key(ApiId, AuthorizerId)) ?? {}),
    // A stage has its API's tags too.
    ...tagKeysOf(input, { ...api?.Tags, ...stage?.Tags }),
  };
}

function keysOf(side: "Request" | "Resource", names: Names, facts: Facts): Values {
  const { AccessLogSettings: logs, DomainNameConfigurations: domains = [] } = facts;
  const of = (member: "EndpointType" | "SecurityPolicy"): string[] | undefined => {
    const values = domains.flatMap((each) => each[member] ?? []);
    return values.length === 0 ? undefined : values;
  };
  const all: (readonly [string, string | string[] | undefined])[] = [
    ...Object.entries(names).map(([name, member]) => [name, textOf(facts[member])] as const),
    ["AccessLoggingDestination", logs?.DestinationArn],
    ["AccessLoggingFormat", logs?.Format],
    ["EndpointType", of("EndpointType")],
    ["SecurityPolicy", of("SecurityPolicy")?.[0]],
  ];
  return Object.fromEntries(
    all.flatMap(([name, value]) => (value === undefined ? [] : [[`apigateway:${side}/${name}`, value] as const])),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

function tagKeysOf({ Tags: asked = {}, TagKeys = Object.keys(asked) }: Input, present: Tags): Values {
  const named = (prefix: string, of: Tags): Values =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [`${prefix}/${name}`, value]));
  return {
    ...named("aws:RequestTag", asked),
    ...named("aws:ResourceTag", present),
    ...(TagKeys.length > 0 && { "aws:TagKeys": [...TagKeys] }),
  };
}

/** What a tagged ARN names, as inputs name it. */
function placeOf(arn = ""): Pick<Input, "ApiId" | "StageName"> {
  const [, ApiId, StageName] = /^arn:[^:]+:apigateway:[^:]*:[^:]*:\/apis\/([^/]+)(?:\/stages\/(.+))?$/.exec(arn) ?? [];
  return { ...(ApiId !== undefined && { ApiId }), ...(StageName !== undefined && { StageName }) };
}
