// Events of functions behind proxy integrations and what they may answer, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import type { Input, Session } from "../session.ts";
import { functionOf, invocations } from "./functions.ts";
import { integrationOf, invoke, type Reply } from "./mock.ts";
import { roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const STAGE = "test";

/** An API whose routes lead to one function, deployed. */
async function apiTo(s: Session, routes: readonly string[], handler: string, more: Input = {}): Promise<Api> {
  const credentials = await roleOf(s);
  await functionOf(s, handler);
  const api = await apiOf(s);
  const to = { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: invocations, credentials, ...more };
  for (const route of routes) await integrationOf(api, route, to);
  await api.do("CreateDeployment", { stageName: STAGE });
  return api;
}

const echo = "return { statusCode: 200, body: JSON.stringify(event) };";

/** What CloudFront adds to a request, and to an answer: an edge-optimized API was recorded, and there is no CloudFront here. */
const CLOUDFRONT = /^(?:CloudFront-.*|Via|X-Amz-Cf-.*|X-Cache)$/i;
const FORWARDED = /^X-Forwarded-(?:For|Port|Proto)$/;

type Headers = Readonly<Record<string, unknown>>;
type Event = { readonly headers: Headers; readonly multiValueHeaders: Headers; readonly requestContext: object };

const own = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !CLOUDFRONT.test(name)));
const withoutEdge = (recording: unknown): unknown => {
  const event = recording as Event;
  return { ...event, headers: own(event.headers), multiValueHeaders: own(event.multiValueHeaders) };
};

/** Times and addresses as the words that were recorded for them. */
function shown(body: string): object {
  const event = JSON.parse(body) as Event;
  const forwarded = (headers: Headers): Headers =>
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, FORWARDED.test(name) ? `<${name}>` : value]),
    );
  return {
    ...event,
    headers: forwarded(event.headers),
    multiValueHeaders: forwarded(event.multiValueHeaders),
    requestContext: {
      ...event.requestContext,
      requestTime: "<request-time>",
      requestTimeEpoch: "<request-time-epoch>",
    },
  };
}

const python = { "User-Agent": "python-requests/testing", "Accept-Encoding": "gzip, deflate", Accept: "*/*" };
const P = "invocation-payload";

const email = "user/test%2Balias@gmail.com/plus/test+alias@gmail.com";
const encoded = [
  "dateTimeOffset=2023-06-12T18:05:10.123456+00:00",
  "email=test%2Balias@gmail.com",
  "plus=test+alias@gmail.com",
  "url=https://www.google.com/",
  "whitespace=foo%20bar",
  "zhash=abort/",
];

const valid = "return JSON.parse(event.body ?? '{}');";

recorded(import.meta.url, "apigateway-lambda", {
  async test_lambda_aws_proxy_integration(s) {
    const api = await apiTo(s, ["ANY /{proxy+}", "ANY /hardcoded"], echo);
    await api.do("CreateDeployment", { stageName: "stage" });
    const get = async (label: string, path: string) => {
      const headers = { ...python, "tEsT-HEADeR": "aValUE", Authorization: "random-value" };
      const { status, body } = await invoke(s, api.id, `GET ${path}`, { headers });
      expect(status).toBe(200);
      s.matches(label, shown(body), withoutEdge);
    };
    await get(`${P}-without-trailing-slash`, "/stage/proxy-value");
    await get(`${P}-with-trailing-slash`, "/stage/proxy-value/");
    await get(`${P}-with-double-slash`, "/stage/proxy-value//double-slash");
    await get(`${P}-with-prepended-slash-to-stage`, "//stage/proxy-value");
    await get(`${P}-with-prepended-slash`, "/stage//proxy-value");
    await get("invocation-hardcoded", "/stage//hardcoded");
    await get(`${P}-without-trailing-slash-and-query-params`, "/stage/proxy-value?urlparam=test");
    await get(`${P}-with-trailing-slash-and-query-params`, "/stage/proxy-value/?urlparam=test");
    await get(`${P}-with-path-encoded-email`, `/stage/proxy-value/api/${email}`);
    await get(`${P}-with-params-encoding`, `/stage/proxy-value/api?${encoded.join("&")}`);
    const headers = {
      ...python,
      "Content-Type": "application/json;charset=utf-8",
      Authorization: "Bearer token123;API key456",
    };
    const route = "POST /stage/proxy-value?category=electronics&category=books&price=10&price=20&price=30";
    const { body } = await invoke(s, api.id, route, { headers, body: '{"message": "hello world"}' });
    s.matches(`${P}-with-params-encoding-multi`, shown(body), withoutEdge);
  },
  async test_lambda_aws_proxy_integration_request_data_mapping(s) {
    const requestParameters = {
      "integration.request.header.headerVar": "method.request.header.foobar",
      "integration.request.path.qsVar": "method.request.querystring.testVar",
      "integration.request.path.pathVar": "method.request.path.pathVariable",
      "integration.request.querystring.queryString": "method.request.querystring.testQueryString",
      "integration.request.querystring.testQs": "method.request.querystring.testQueryString",
      "integration.request.querystring.testEmptyQs": "method.request.header.emptyheader",
    };
    const api = await apiTo(s, ["ANY /{pathVariable}"], echo, { requestParameters });
    s.matches("api_id", { rest_api_id: api.id });
    const headers = {
      Accept: "application/json",
      "Accept-Encoding": "gzip, deflate",
      "Content-Type": "application/json",
      "User-Agent": "test/integration",
      foobar: "mapped-value",
      headerVar: "request-value",
    };
    const route = "POST /test/foobar?testQueryString=foo&testVar=bar";
    const { status, body } = await invoke(s, api.id, route, { headers, body: '{"message": "hello world"}' });
    s.matches("http-proxy-invocation-data-mapping", { content: shown(body), status_code: status }, (recording) => {
      const { content, ...rest } = recording as { readonly content: unknown };
      return { ...rest, content: withoutEdge(content) };
    });
  },
  async test_lambda_aws_proxy_integration_non_post_method(s) {
    const api = await apiTo(s, ["ANY /{proxy+}"], echo, { integrationHttpMethod: "GET" });
    await api.do("PutGatewayResponse", { responseType: "INTEGRATION_FAILURE", responseParameters: {} });
    await api.do("CreateDeployment", { stageName: "test" });
    const { status, body } = await invoke(s, api.id, "GET /test/test-path", { headers: python });
    expect(status).toBe(500);
    s.matches(`${P}-with-get-proxy-method`, body);
  },
  async test_aws_proxy_response_payload_format_validation(s) {
    const api = await apiTo(s, ["ANY /{proxy+}"], valid);
    const ask = async (label: string, value: unknown, expected = 200, withHeaders = false): Promise<void> => {
      const headers = { "User-Agent": "python/test", "Content-Type": "application/json" };
      const sent = JSON.stringify(value) === "{}" ? undefined : JSON.stringify(value);
      const reply = await invoke(s, api.id, "POST /test/test", { headers, ...(sent !== undefined && { body: sent }) });
      expect(reply.status, label).toBe(expected);
      s.matches(`invoke-api-${label}`, answered(reply, withHeaders), edgeless);
    };
    const base64 = Buffer.from("test-data").toString("base64");
    const multi = { statusCode: 200, multiValueHeaders: { "test-multi": ["value-multi"] } };
    const solo = { headers: { "test-multi": "value-solo" } };
    await ask("no-body", { statusCode: 200 });
    await ask("with-headers", { statusCode: 200, headers: { "test-header": "value", "header-bool": true } }, 200, true);
    await ask("with-headers-null", { statusCode: 200, headers: null }, 200, true);
    await ask("wrong-format", { statusCode: 200, wrongValue: "value" }, 502);
    await ask("empty-response", {}, 502);
    await ask("b64-encoded-true", { statusCode: 200, body: base64, isBase64Encoded: true });
    await ask("b64-encoded-false", { statusCode: 200, body: base64 });
    const two = { statusCode: 200, multiValueHeaders: { "test-multi": ["value1", "value2"] } };
    await ask("multi-headers-valid", two, 200, true);
    await ask("multi-headers-overwrite", { ...multi, ...solo }, 200, true);
    const cased = { statusCode: 200, multiValueHeaders: { "tesT-Multi": ["value-multi"] } };
    await ask("multi-headers-overwrite-casing", { ...cased, ...solo }, 200, true);
    await ask("multi-headers-invalid", { statusCode: 200, multiValueHeaders: { "test-multi-invalid": "value1" } }, 502);
    await ask("invalid-status-code", { statusCode: "test" }, 502);
    await ask("status-code-str", { statusCode: "201" }, 201);
    await ask("just-string", "justAString", 502);
    await ask("only-headers", { headers: { "test-header": "value" } });
  },
});

function answered({ body, headers }: Reply, withHeaders: boolean): object {
  const { "content-length": length, ...answered_ } = headers;
  // Values of one name as recorded: a comma and a space between.
  const rest = Object.fromEntries(
    Object.entries(answered_).map(([name, value]) => [name, value.replace(/,(?=value)/g, ", ")]),
  );
  const all = { Connection: "keep-alive", Date: "<date>", "Content-Length": length, ...rest };
  return { content: body, ...(withHeaders && { headers: all }) };
}

const edgeless = (recording: unknown): unknown => {
  const { headers, ...rest } = recording as { readonly headers?: Headers };
  return { ...rest, ...(headers !== undefined && { headers: own(headers) }) };
};

const trace = "Root=1-3152b799-8954dae64eda91bc9a23a7e8";

recorded(import.meta.url, "apigateway-common", {
  async "TestApiGatewayCommon::test_invocation_trace_id"(s) {
    const api = await apiTo(s, ["ANY /{proxy+}"], echo);
    const FunctionArn = /functions\/(.+)\/invocations/.exec(invocations)?.[1];
    s.matches("register-lambda", { FunctionArn, FunctionName: FunctionArn?.split(":").at(-1) });
    const json = (template: string) => ({ "application/json": template });
    const mock = { type: "MOCK", requestTemplates: json('{"statusCode": 200}') };
    await integrationOf(api, "GET /path", mock, { responseTemplates: json('{"statusCode": 200}') });
    await api.do("CreateDeployment", { stageName: "dev" });
    const ask = async (label: string, path: string, sent: Readonly<Record<string, string>> = {}): Promise<string> => {
      const { headers } = await invoke(s, api.id, `GET /dev/${path}`, { headers: sent });
      const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
      const all = {
        connection: "keep-alive",
        date: "date",
        ...Object.fromEntries(named),
        "content-length": "content-length",
      };
      s.matches(label, all, (recording) => own(recording as Headers));
      return (all as Readonly<Record<string, string>>)["x-amzn-trace-id"] ?? "";
    };
    const full = `${trace};Parent=7fa8c0f79203be72;Sampled=1`;
    await ask("normal-req-headers-MOCK", "path");
    await ask("trace-id-req-headers-MOCK", "path", { "x-amzn-trace-id": full });
    await ask("normal-req-headers-AWS_PROXY", "proxy-value");
    expect(await ask("trace-id-req-headers-AWS_PROXY", "proxy-value", { "x-amzn-trace-id": full })).toContain(full);
    const small = await ask("trace-id-small-req-headers-AWS_PROXY", "proxy-value", { "x-amzn-trace-id": trace });
    expect(small).toMatch(new RegExp(`^${trace};Parent=(?!7fa8c0f79203be72)[0-9a-f]{16};`));
  },
});
