// Headers on their way to integrations and back, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import type { Input, Session } from "../session.ts";
import { endpoint } from "./endpoint.ts";
import { functionOf, invocations } from "./functions.ts";
import { invoke, type Reply } from "./mock.ts";
import { roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const H = "TestApiGatewayHeaderRemapping::test_apigateway_header_remapping_";
const json = (template: string) => ({ "application/json": template });

/** What the caller sends. */
const sent: Readonly<Record<string, string>> = {
  Accept: "application/json",
  "Accept-Charset": "UTF-8",
  "Accept-Encoding": "br",
  Age: "request_Age",
  Authorization: "Unauthorized",
  Connection: "close",
  "Content-Encoding": "deflate",
  "Content-MD5": "request_Content-MD5",
  "Content-Type": "application/json",
  Date: "request_Date",
  Expect: "100-continue",
  "Max-Forwards": "2",
  Pragma: "cache",
  "Proxy-Authenticate": "Basic",
  Range: "bytes=500-999",
  Referer: "https://example.com/",
  Server: "https://example.com/",
  TE: "deflate",
  Trailer: "Expires",
  "Transfer-Encoding": "chunked",
  Upgrade: "HTTP/2.0",
  "User-Agent": "localStack/0.0",
  Via: "p.example.net",
  Warn: "299 localStack/0.0",
  "WWW-Authenticate": "Basic YWxhZGRpbjpvcGVuc2VzYW1l",
};
const names = [...Object.keys(sent), "Content-Length", "Host"];

/** What the integration maps: texts, but for the host. */
const mapped: Readonly<Record<string, string>> = {
  Accept: "'text/html'",
  "Accept-Charset": "'UTF-16'",
  "Accept-Encoding": "'zstd'",
  Age: "'request_params_age'",
  Authorization: "'request_params_authorization'",
  "Content-Encoding": "'compress'",
  "Content-Length": "'0'",
  "Content-MD5": "'request_params_Content-MD5'",
  "Content-Type": "'application/json'",
  Date: "'request_params_Date'",
  Expect: "'200-ok'",
  Host: "method.request.header.Host",
  "Max-Forwards": "'2'",
  Pragma: "'no-cache'",
  Range: "'bytes=0-499'",
  Referer: "'https://example.com/page'",
  Server: "'https://example.com/page'",
  Trailer: "'user-agent'",
  "Transfer-Encoding": "'deflate'",
  Upgrade: "'HTTP/2.0'",
  "User-Agent": "'Override-Agent'",
  Warn: `'110 anderson/1.3.37 "Response is stale"'`,
  "WWW-Authenticate": "'Basic YWxhZGRpbjpvcGVuc2VzYW1l'",
  Connection: "'keep-alive'",
  "Proxy-Authenticate": `'Basic realm="Access to the internal site"'`,
  TE: "'gzip'",
  Via: "'othersite.net'",
};
const parameters = (of: readonly string[]): Record<string, string> =>
  Object.fromEntries(of.map((name) => [`integration.request.header.${name}`, mapped[name] ?? ""]));
const each = <Value>(prefix: string, value: (name: string) => Value): Record<string, Value> =>
  Object.fromEntries(names.map((name) => [`${prefix}${name}`, value(name)]));
const requestTemplate = `{${names.map((name) => `"${name}": "$input.params('${name}')"`).join(",")}}`;

/** `GET /no-param`, `/full` with all that may be mapped, and one for each header that may not. */
async function apiOfRoutes(s: Session, integration: Input, refused: readonly string[]): Promise<Api> {
  const api = await apiOf(s, { endpointConfiguration: { types: ["REGIONAL"] } });
  s.matches("apigw-id", api.id);
  const put = async (pathPart: string, own: Input, response: Input = {}) => {
    const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart });
    const method = { resourceId, httpMethod: "GET" };
    const answer = { ...method, statusCode: "200" };
    const requestParameters = each("method.request.header.", () => false);
    await api.do("PutMethod", { ...method, authorizationType: "NONE", requestParameters });
    const responseParameters = each("method.response.header.", () => true);
    await api.do("PutMethodResponse", { ...answer, responseParameters });
    await api.do("PutIntegration", { ...method, integrationHttpMethod: "POST", ...integration, ...own });
    await api.do("PutIntegrationResponse", { ...answer, ...response });
  };
  await put("no-param", {});
  const others = Object.keys(mapped).filter((name) => !refused.includes(name));
  const responseParameters = each("method.response.header.", (name) => `'response_param_${name}'`);
  const full = { requestParameters: parameters(others), requestTemplates: json(requestTemplate) };
  await put("full", full, { responseParameters });
  for (const name of refused) await put(name.toLowerCase(), { requestParameters: parameters([name]) });
  await api.do("CreateDeployment", { stageName: "test" });
  return api;
}

const ask = (s: Session, api: Api, path: string): Promise<Reply> =>
  invoke(s, api.id, `GET /test/${path}`, { headers: sent });

/** What the connection adds, lengths, which go with the endpoint's and API's names, ids without a number, and what Node's client does not send (README). */
const LEFT_OUT =
  /^(?:connection|content-length|date|trailer|x-amzn-remapped-(?:content-length|date|connection|server)|x-amzn-trace-id|x-amz-apigw-id)$/i;
const without = (headers: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !LEFT_OUT.test(name)));

type Shown = { readonly headers?: object | null; readonly body: unknown; readonly "response-headers": object };

function compared(of: unknown): object {
  const { headers, body, "response-headers": answered } = of as Shown;
  const sent_ = headers === undefined || headers === null ? {} : { headers: without(headers) };
  return { ...sent_, body, "response-headers": without(answered) };
}

async function drive(s: Session, integration: Input, refused: readonly string[], read: (reply: Reply) => object) {
  const api = await apiOfRoutes(s, integration, refused);
  for (const [label, path] of [
    ["no-param-integration", "no-param"],
    ["full-integration", "full"],
  ] as const) {
    const reply = await ask(s, api, path);
    expect(reply.status).toBe(200);
    s.matches(label, compared({ ...read(reply), "response-headers": reply.headers }), compared);
  }
  for (const name of refused) {
    const reply = await ask(s, api, name.toLowerCase());
    expect(reply.status).toBe(500);
    const own = { body: reply.body, "response-headers": reply.headers };
    s.matches(name.toLowerCase(), compared(own), compared);
  }
}

/** `Content-Md5`: as the recorded endpoint shows names. */
const capitalised = (name: string): string =>
  name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

const origin = endpoint(({ headers, body }) => {
  const shown = Object.entries(headers).map(([name, value]) => [capitalised(name), value] as const);
  const { Connection: _connection, ...rest } = Object.fromEntries(shown);
  const allowed = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Credentials": "true" };
  return { headers: { ...allowed, Server: "gunicorn/19.9.0" }, body: JSON.stringify({ headers: rest, data: body }) };
});
const http = (s: Session, type: string) =>
  drive(s, { type, uri: `${origin()}/post` }, ["Content-Length", "Transfer-Encoding"], ({ body }) => {
    const { headers, data } = JSON.parse(body) as { readonly headers: object; readonly data: string };
    return { headers, body: data };
  });

const never = [
  "Content-Length",
  "Transfer-Encoding",
  "Authorization",
  "Connection",
  "Expect",
  "Proxy-Authenticate",
  "TE",
];

async function aws(s: Session, type: string): Promise<void> {
  const credentials = await roleOf(s);
  await functionOf(s, "return { statusCode: 200, body: JSON.stringify(event), isBase64Encoded: false };");
  await drive(s, { type, uri: invocations, credentials }, never, ({ body }) => {
    const answer = JSON.parse(body) as { readonly body: string; readonly headers?: object };
    return { headers: answer.headers, body: answer.body };
  });
}

recorded(import.meta.url, "apigateway-integrations", {
  [`${H}http[HTTP]`]: (s) => http(s, "HTTP"),
  [`${H}http[HTTP_PROXY]`]: (s) => http(s, "HTTP_PROXY"),
  [`${H}aws[AWS]`]: (s) => aws(s, "AWS"),
  [`${H}aws[AWS_PROXY]`]: (s) => aws(s, "AWS_PROXY"),
});
