// HTTP integrations, as they were recorded from AWS (see ../NOTICE). There the endpoint was a function's URL; here it is a server of the suite's own.

import type { Input, Session } from "../session.ts";
import { endpoint, type Asked } from "./endpoint.ts";
import { integrationOf, invoke, shownHeaders } from "./mock.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const C = "TestApiGatewayCommon::test_";
const json = (template: string) => ({ "application/json": template });
const typed = { "Content-Type": "application/json" };
/** What the recorded endpoint, a function's URL, put there itself. */
const OF_THE_URL = /^x-(?:amzn-tls|forwarded)-/;
const REQUEST_ID = "11111111-2222-4333-8444-555555555555";

/** Values that came twice are one text. */
function argumentsOf({ searchParams }: URL): Record<string, string> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(names.map((name) => [name, searchParams.getAll(name).join(",")]));
}

function shown({ method, url, headers, body }: Asked): object {
  const { connection: _connection, ...rest } = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const domain = rest["host"];
  return { args: argumentsOf(url), data: body, domain, headers: rest, method, origin: "127.0.0.1", path: url.pathname };
}

const origin = endpoint((asked) => {
  const status = /^\/status\/(\d{3})$/.exec(asked.url.pathname)?.[1];
  if (status !== undefined)
    return { status: Number(status), body: JSON.stringify({ message: asked.body, status_code: Number(status) }) };
  if (asked.url.pathname === "/raw") return { body: asked.body };
  const headers = { "x-amzn-RequestId": REQUEST_ID, "X-Amzn-Trace-Id": "Root=1-6b02e851-6a173f16c9aa3e97ccedacb4" };
  return { headers, body: JSON.stringify(shown(asked)) };
});

/** A regional API with a route to the endpoint, which answers what came from there. */
async function apiTo(s: Session, route: string, integration: Input): Promise<Api> {
  const api = await apiOf(s, { endpointConfiguration: { types: ["REGIONAL"] } });
  const to = { integrationHttpMethod: "POST", uri: `${origin()}/`, ...integration };
  await integrationOf(api, route, to, { responseTemplates: json("$input.json('$')") });
  await api.do("CreateDeployment", { stageName: "test" });
  return api;
}

const message = '{"message": "hello world"}';
const sent = { ...typed, "user-Agent": "test/integration", "Accept-Encoding": "gzip, deflate" };

type Content = { readonly headers: Readonly<Record<string, string>> };

/** Of recordings and ours: without what is the endpoint's own, or left out where the test said so. */
const without = (left: RegExp) => (content: unknown) => {
  const { headers, ...rest } = content as Content;
  return { ...rest, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !left.test(name))) };
};

async function whole(s: Session, type: string): Promise<void> {
  const api = await apiTo(s, "POST /test", { type });
  s.matches("api_id", { rest_api_id: api.id });
  const headers = { ...sent, accept: "application/xml" };
  const reply = await invoke(s, api.id, "POST /test/test", { headers, body: message });
  const own = without(OF_THE_URL);
  const answer = { content: own(JSON.parse(reply.body)), headers: headersOf(reply.headers), status_code: reply.status };
  s.matches("http-invocation-lambda-url", answer, (recording) => {
    const { content, ...rest } = recording as { readonly content: unknown };
    return { ...rest, content: own(content) };
  });
}

/** With the length as it was. */
function headersOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...shownHeaders(headers),
    "content-length": headers["content-length"] ?? "",
    "x-amz-apigw-id": headers["x-amz-apigw-id"] ?? "",
  };
}

async function method(s: Session, type: string): Promise<void> {
  const api = await apiTo(s, "ANY /test", { type });
  s.matches("api_id", { rest_api_id: api.id });
  const read = without(/^x-/);
  for (const label of ["post", "put", "get"]) {
    const headers = { ...sent, Accept: "application/json" };
    const { body } = await invoke(s, api.id, "POST /test/test", { headers, body: message });
    s.matches(`http-invocation-lambda-url-${label}`, read(JSON.parse(body)));
  }
}

async function passed(s: Session, type: string): Promise<void> {
  const requestParameters = { "integration.request.path.map": "method.request.path.map" };
  const api = await apiTo(s, "POST /{map+}", { type, uri: `${origin()}/{map}`, requestParameters });
  const ask = async (label: string, path: string) => {
    const { status, body } = await invoke(s, api.id, `POST /test/${path}`);
    s.matches(label, { body: JSON.parse(body) as unknown, status_code: status });
  };
  await ask("matching-response", "status/200");
  await ask("non-matching-response", "status/400");
}

const mapped = {
  "integration.request.header.headerVar": "method.request.header.foobar",
  "integration.request.path.qsVar": "method.request.querystring.testVar",
  "integration.request.path.pathVar": "method.request.path.pathVariable",
  "integration.request.querystring.queryString": "method.request.querystring.testQueryString",
  "integration.request.querystring.testQs": "method.request.querystring.testQueryString",
  "integration.request.querystring.testEmptyQs": "method.request.header.emptyheader",
};

recorded(import.meta.url, "apigateway-http", {
  "test_http_integration_with_lambda[HTTP]": (s) => whole(s, "HTTP"),
  "test_http_integration_with_lambda[HTTP_PROXY]": (s) => whole(s, "HTTP_PROXY"),
  "test_http_integration_invoke_status_code_passthrough[HTTP]": (s) => passed(s, "HTTP"),
  "test_http_integration_invoke_status_code_passthrough[HTTP_PROXY]": (s) => passed(s, "HTTP_PROXY"),
  "test_http_integration_method[HTTP]": (s) => method(s, "HTTP"),
  "test_http_integration_method[HTTP_PROXY]": (s) => method(s, "HTTP_PROXY"),
  async test_http_proxy_integration_request_data_mappings(s) {
    const uri = `${origin()}/?testVar={pathVar}&testQs={qsVar}`;
    const api = await apiTo(s, "POST /{pathVariable}", { type: "HTTP_PROXY", uri, requestParameters: mapped });
    s.matches("api_id", { rest_api_id: api.id });
    const headers = { ...sent, Accept: "application/json", foobar: "mapped-value", headerVar: "request-value" };
    const route = "POST /test/foobar?testQueryString=foo&testVar=bar";
    const reply = await invoke(s, api.id, route, { headers, body: message });
    const content = without(/^x-/)(JSON.parse(reply.body));
    s.matches("http-proxy-invocation", { content, headers: headersOf(reply.headers), status_code: reply.status });
  },
});

const form = "Action=SendMessage&MessageBody=$input.body";
const attribute = "$input.body.testAccess";
const encoded = "EncodedBody=$util.urlEncode($input.body)&EncodedBodyAccess=$util.urlEncode($input.body.testAccess)";
const templates: Readonly<Record<string, readonly [string, string]>> = {
  "raw-body": ["$input.body", "$input.body"],
  "str-body-input": [form, "$input.body"],
  "str-body-output": ["$input.body", form],
  "str-body-all": [form, form],
  "body-attr-access": [attribute, "$input.body"],
  "url-encode": [encoded, "$input.body"],
};
const bodies = { "empty-body": undefined, "json-body": '{"some": "value"}', "str-body": "some raw data" };

recorded(import.meta.url, "apigateway-common", {
  async [`${C}input_body_formatting`](s) {
    const api = await apiOf(s);
    const to = { type: "HTTP", integrationHttpMethod: "POST", uri: `${origin()}/raw` };
    for (const [name, [request, response]] of Object.entries(templates))
      await integrationOf(
        api,
        `POST /${name}`,
        { ...to, requestTemplates: json(request) },
        { responseTemplates: json(response) },
      );
    await api.do("CreateDeployment", { stageName: "test" });
    for (const name of Object.keys(templates)) {
      const answers: Record<string, string> = {};
      for (const [label, body] of Object.entries(bodies)) {
        const reply = await invoke(s, api.id, `POST /test/${name}`, {
          headers: typed,
          ...(body !== undefined && { body }),
        });
        answers[label] = `b'${reply.body}'`;
      }
      s.matches(`response-${name}`, answers);
    }
  },
});
