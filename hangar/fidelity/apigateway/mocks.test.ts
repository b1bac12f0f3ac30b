// Mock integrations and what mapping templates make of a body, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import type { Input, Session } from "../session.ts";
import { integrationOf, invoke } from "./mock.ts";
import { apiOf, recorded } from "./session.ts";

const json = (template: string) => ({ "application/json": template });
const request = json('{"statusCode": 200}');

/** An API with a mock on a route, deployed. */
async function mocked(s: Session, route: string, response: string, integration: Input = {}): Promise<string> {
  const api = await apiOf(s);
  const mock = { type: "MOCK", requestTemplates: request, ...integration };
  await integrationOf(api, route, mock, { selectionPattern: "", responseTemplates: json(response) });
  await api.do("CreateDeployment", { stageName: "dev" });
  return api.id;
}

const template = '{"statusCode": 200, "id": $input.params().path.id}';
const behaviours = ["WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES"];
const addresses = ["PATH", "HOST"];

/** By path is LocalStack's form of an address; AWS was recorded at its own host both times. */
const variants = behaviours.flatMap((passthroughBehavior) =>
  addresses.flatMap((address) =>
    ["GET", "POST"].map((method) => {
      const name = `TestIntegrations::test_mock_integration_response[${passthroughBehavior}-UrlType.${address}_BASED-${method}]`;
      const drive = async (s: Session): Promise<void> => {
        const id = await mocked(s, `${method} /{id}`, template, { passthroughBehavior });
        const stage = address === "PATH" ? `/restapis/${id}/dev/_user_request_` : "/dev";
        const headers = { "Content-Type": "application/json", ...(address === "PATH" && { Host: "localhost" }) };
        s.matches("mock-response", (await invoke(s, id, `${method} ${stage}/42`, { headers })).body);
      };
      return [name, drive] as const;
    }),
  ),
);

const echo = `{
  "openapi": "3.0.1", "info": { "title": "mocked", "version": "1" },
  "paths": { "/echo/{args}": { "get": {
    "parameters": [{ "name": "args", "in": "path", "required": true, "schema": { "type": "string" } }],
    "responses": { "200": { "description": "an answer" } },
    "x-amazon-apigateway-integration": {
      "type": "mock", "passthroughBehavior": "when_no_match",
      "requestTemplates": { "application/json": "{\\"statusCode\\": 200}" },
      "responses": { "default": { "statusCode": "200", "responseTemplates": {
        "application/json": "{\\"echo\\": \\"$input.params('args')\\", \\"response\\": \\"mocked\\"}" } } }
    }
  } } }
}`;

recorded(import.meta.url, "apigateway-basic", {
  ...Object.fromEntries(variants),
  async "TestAPIGateway::test_api_gateway_mock_integration"(s) {
    const api = await apiOf(s);
    await api.do("PutRestApi", { mode: "overwrite", body: Buffer.from(echo) });
    await api.do("CreateDeployment", { stageName: "latest" });
    s.matches("mocked-response", (await invoke(s, api.id, "GET /latest/echo/foobar")).body);
  },
  async "TestAPIGateway::test_apigateway_with_custom_authorization_method"(s) {
    const api = await apiOf(s);
    s.matches("api-id", { api_id: api.id });
    const arn = "arn:aws:lambda:us-east-1:000000000000:function:authorizes";
    const { id: authorizerId } = await api.is("authorizer", "CreateAuthorizer", {
      name: "lambda_authorizer",
      type: "TOKEN",
      authorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
      identitySource: "method.request.header.Auth",
    });
    const method = { resourceId: api.root, httpMethod: "GET", apiKeyRequired: true };
    await api.is("put-method-response", "PutMethod", { ...method, authorizationType: "CUSTOM", authorizerId });
  },
});

const choice = `
#set($path = $context.requestOverride.path.chosen)
#if($path == "path1")
{"response": "path was path one"}
#elseif($path == "path2")
{"response": "path was path two"}
#else
{"response": "this is the else clause"}
#end`;
const choosing = `#set($context.requestOverride.path.chosen = $input.params("choice")){"statusCode": 200}`;
const overriding = `#set($context.responseOverride.status = 444)
#set($context.responseOverride.header.foo = "bar")
#set($context.responseOverride.custom = "is also passed around"){"statusCode": 200}`;
const overridden = `{"statusOverride": "$context.responseOverride.status", "fooHeader": "$context.responseOverride.header.foo", "custom": "$context.responseOverride.custom"}`;
const assigned = `#set($paramName = "foo")
#set($map = {})
#set($map[$paramName] = "bar")
$!map.put("other", "putBar")
#set($map.nested = {})
#set($map.nested.deep = "nestedFoo")
{"value": "$map.foo", "value2": "$map.other", "value3": "$map.nested.deep"}`;

async function overrides(s: Session, isShown: boolean): Promise<void> {
  const id = await mocked(s, "GET /any", isShown ? overridden : "", { requestTemplates: json(overriding) });
  const { status, body } = await invoke(s, id, "GET /dev/any");
  s.matches("response", { body: isShown ? body : `b'${body}'`, status_code: status });
}

recorded(import.meta.url, "apigateway-integrations", {
  async test_integration_mock_with_request_overrides_in_response_template(s) {
    const id = await mocked(s, "GET /any/{choice}", choice, { requestTemplates: json(choosing) });
    const ask = async (label: string, path: string) =>
      s.matches(label, JSON.parse((await invoke(s, id, `GET /dev/any/${path}`)).body));
    await ask("invoke-path1", "path1");
    await ask("invoke-path2", "path2");
    await ask("invoke-path-else", "path3");
  },
  async test_integration_mock_with_path_param(s) {
    const api = await apiOf(s);
    const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "{testPath}" });
    const method = { resourceId, httpMethod: "GET" };
    const requestParameters = { "method.request.path.testPath": true };
    await api.do("PutMethod", { ...method, authorizationType: "NONE", requestParameters });
    await api.do("PutMethodResponse", { ...method, statusCode: "200" });
    await api.is("integration", "PutIntegration", {
      ...method,
      type: "MOCK",
      requestParameters: { "integration.request.path.integrationPath": "method.request.path.testPath" },
      requestTemplates: json("{statusCode: 200}"),
    });
    await api.do("PutIntegrationResponse", { ...method, statusCode: "200", responseTemplates: json("") });
    await api.do("CreateDeployment", { stageName: "dev" });
    expect((await invoke(s, api.id, "GET /dev/value")).status).toBe(200);
  },
  "test_integration_mock_with_response_override_in_request_template[True]": (s) => overrides(s, true),
  "test_integration_mock_with_response_override_in_request_template[False]": (s) => overrides(s, false),
  async test_integration_mock_with_vtl_map_assignation(s) {
    const id = await mocked(s, "GET /any", assigned);
    const { status, body } = await invoke(s, id, "GET /dev/any");
    s.matches("response", { body: JSON.parse(body) as unknown, status_code: status });
  },
});

recorded(import.meta.url, "apigateway-common", {
  async "TestApigatewayRouting::test_routing_not_found"(s) {
    const id = await mocked(s, "GET /existing", '{"statusCode": 200, "message": "exists"}');
    s.matches("working-route", JSON.parse((await invoke(s, id, "GET /dev/existing")).body));
    const refused = async (route: string) => {
      const { body, headers } = await invoke(s, id, route);
      return { content: JSON.parse(body) as unknown, errorType: headers["x-amzn-ErrorType"] };
    };
    s.matches("not-found", await refused("GET /dev/random-non-existing"));
    s.matches("wrong-method", await refused("POST /dev/existing"));
  },
});
