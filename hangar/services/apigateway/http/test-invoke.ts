// A request that no one sent: TestInvokeMethod's, through the API as it stands, deployed or not.

import type { TestInvokeMethodInput } from "../../../models/apigateway.d.ts";
import { compileSnapshot } from "../rules/compiled-api.ts";
import type { HeaderEntry, Invocation } from "../rules/invocation.ts";
import { routeFor, routesOf, type Route } from "../rules/routes.ts";
import { snapshotOf } from "../rules/snapshot.ts";
import { apiOf, methodOf, resourceOf, type ApiGatewayContext, type StageRow } from "../store.ts";
import { queryOf } from "./read-invocation.ts";

const STAGE = "test-invoke-stage";

export function testInvocation(context: ApiGatewayContext, input: TestInvokeMethodInput): [Invocation, Route] {
  const api = apiOf(context, input.restApiId);
  const resource = resourceOf(context, input.restApiId, input.resourceId);
  const method = methodOf(context, input);
  const [path = "/", query = ""] = (input.pathWithQueryString ?? resource.path).split("?");
  const below = path.startsWith("/") ? path : `/${path}`;
  const startedAt = context.clock.now();
  const domainPrefix = "testPrefix";
  const httpMethod = method.httpMethod === "ANY" ? "GET" : method.httpMethod;
  const found = routeFor(routesOf([resource], [method]), httpMethod, below);
  const route = found ?? { resource, method, pathParameters: {} };
  const invocation: Invocation = {
    context,
    account: context.account,
    region: context.region,
    api,
    stage: stageFor(input.stageVariables, startedAt),
    compiled: compileSnapshot(snapshotOf(context.store, api)),
    httpMethod,
    path: below,
    fullPath: below,
    query: queryOf(query),
    headers: headersOf(input),
    body: Buffer.from(input.body ?? ""),
    domainName: `${domainPrefix}.testDomainName`,
    domainPrefix,
    sourceIp: "test-invoke-source-ip",
    requestId: context.ids.uuid(),
    extendedRequestId: `${context.ids.alphanumeric(15)}=`,
    traceId: `Root=1-${Math.floor(startedAt / 1000).toString(16)}-${context.ids.hex(24)}`,
    startedAt,
    route,
    caller: context.caller,
    requestOverride: new Map(["header", "querystring", "path"].map((place) => [place, new Map()])),
    responseOverride: new Map([["header", new Map()]]),
  };
  return [invocation, route];
}

function stageFor(variables: Readonly<Record<string, string>> | undefined, now: number): StageRow {
  return {
    stageName: STAGE,
    deploymentId: "",
    ...(variables === undefined ? {} : { variables }),
    createdDate: now,
    lastUpdatedDate: now,
  };
}

function headersOf({ headers = {}, multiValueHeaders = {} }: TestInvokeMethodInput): ReadonlyMap<string, HeaderEntry> {
  const single = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), { name, values: [value] }] as const,
  );
  const multi = Object.entries(multiValueHeaders).map(
    ([name, values]) => [name.toLowerCase(), { name, values }] as const,
  );
  return new Map<string, HeaderEntry>([...single, ...multi]);
}
