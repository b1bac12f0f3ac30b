// A request that no one sent: TestInvokeMethod's, through the API as it stands, deployed or not.

import type { TestInvokeMethodInput } from "../../../models/apigateway.d.ts";
import { compileSnapshot } from "../rules/compiled-api.ts";
import type { HeaderEntry, Invocation } from "../rules/invocation.ts";
import { javaDate } from "../rules/java-date.ts";
import { routeFor, routesOf, type Route } from "../rules/routes.ts";
import { snapshotOf } from "../rules/snapshot.ts";
import { apiOf, methodOf, resourceOf, type ApiGatewayContext, type StageRow } from "../store.ts";
import { queryOf } from "./read-invocation.ts";

const STAGE = "test-invoke-stage";

/** What both tests of the API say of the request. */
export type TestRequest = Pick<
  TestInvokeMethodInput,
  "restApiId" | "pathWithQueryString" | "headers" | "multiValueHeaders" | "body" | "stageVariables"
>;

export function testInvocation(context: ApiGatewayContext, input: TestRequest, httpMethod = "GET"): Invocation {
  const api = apiOf(context, input.restApiId);
  const [path = "/", query = ""] = (input.pathWithQueryString ?? "/").split("?");
  const below = path.startsWith("/") ? path : `/${path}`;
  const startedAt = context.clock.now();
  return {
    context,
    account: context.account,
    region: context.region,
    api,
    stage: stageFor(input.stageVariables, startedAt),
    compiled: compileSnapshot(snapshotOf(context.store, api)),
    canary: false,
    httpMethod,
    path: below,
    fullPath: below,
    query: queryOf(query),
    headers: headersOf(input),
    body: Buffer.from(input.body ?? ""),
    domainName: "testPrefix.testDomainName",
    domainPrefix: "testPrefix",
    sourceIp: "test-invoke-source-ip",
    requestId: context.ids.uuid(),
    extendedRequestId: `${context.ids.alphanumeric(15)}=`,
    traceId: `Root=1-${Math.floor(startedAt / 1000).toString(16)}-${context.ids.hex(24)}`,
    startedAt,
    exchange: {},
    requestOverride: new Map(["header", "querystring", "path"].map((place) => [place, new Map()])),
    responseOverride: new Map([["header", new Map()]]),
  };
}

export function methodInvocation(
  context: ApiGatewayContext,
  input: TestInvokeMethodInput,
): { readonly invocation: Invocation; readonly route: Route } {
  const resource = resourceOf(context, input.restApiId, input.resourceId);
  const method = methodOf(context, input);
  const httpMethod = method.httpMethod === "ANY" ? "GET" : method.httpMethod;
  const pathWithQueryString = input.pathWithQueryString ?? resource.path;
  const invocation = testInvocation(context, { ...input, pathWithQueryString }, httpMethod);
  invocation.caller = context.caller;
  const found = routeFor(routesOf([resource], [method]), httpMethod, invocation.path);
  const route = found ?? { resource, method, pathParameters: {} };
  invocation.route = route;
  return { invocation, route };
}

/** `Sat Nov 21 15:25:04 UTC 2026 : …`, under a line that names the request. */
export function testLog({ requestId, startedAt }: Invocation, lines: readonly string[]): string {
  const stamped = lines.map((line) => `${javaDate(startedAt)} : ${line}`);
  return [`Execution log for request ${requestId}`, ...stamped, ""].join("\n");
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

function headersOf({ headers = {}, multiValueHeaders = {} }: TestRequest): ReadonlyMap<string, HeaderEntry> {
  const single = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), { name, values: [value] }] as const,
  );
  const multi = Object.entries(multiValueHeaders).map(
    ([name, values]) => [name.toLowerCase(), { name, values }] as const,
  );
  return new Map<string, HeaderEntry>([...single, ...multi]);
}
