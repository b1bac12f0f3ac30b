// Functions behind integrations that are not proxied, and what such integrations may point at, as they were recorded from AWS (see ../NOTICE).

import { strToU8, zipSync } from "fflate";
import type { Answer, Input, Session } from "../session.ts";
import { functionOf, invocations } from "./functions.ts";
import { integrationOf, invoke } from "./mock.ts";
import { roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const json = (template: string) => ({ "application/json": template });
const typed = { "Content-Type": "application/json" };
const toFunction = { type: "AWS", integrationHttpMethod: "POST", uri: invocations };

/** A resource below an API's root, for calls one by one. */
async function methodAt(s: Session, httpMethod: string): Promise<{ readonly api: Api; readonly method: Input }> {
  const api = await apiOf(s);
  const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "test" });
  return { api, method: { resourceId, httpMethod } };
}

/** Line by line: where it fails was recorded. */
const raises = [
  "",
  "",
  "def handler(event, context):",
  '    status_code = int(event["statusCode"])',
  "    if status_code != 200:",
  "        if status_code == 400:",
  '            raise Exception("Error: Raising four hundred from within the Lambda function")',
  "        if status_code == 500:",
  '            raise Exception("Error: Raising five hundred from within the Lambda function")',
  '    return "Pass"',
].join("\n");

const request = `#set($body = $input.json("$"))
{ "body": $body }`;
const response = `#set($error = $input.path("$.errorMessage"))
#if($error != "")
#set($context.responseOverride.status = 400)
{ "statusCode": 200, "body": "customerror" }
#else
#set($context.responseOverride.status = 202)
{ "statusCode": 200, "body": "noerror" }
#end`;

const arn = (rest: string) => `arn:aws:apigateway:us-east-1:${rest}`;
const lambda = "arn:aws:lambda:us-east-1:000000000000:function:any";

recorded(import.meta.url, "apigateway-lambda", {
  async test_lambda_aws_integration(s) {
    const credentials = await roleOf(s);
    await functionOf(s, "return event;");
    const { api, method } = await methodAt(s, "POST");
    await api.is("put-method", "PutMethod", { ...method, authorizationType: "NONE" });
    await api.is("put-integration", "PutIntegration", { ...method, ...toFunction, credentials });
    await api.is("put-integration-response", "PutIntegrationResponse", { ...method, statusCode: "200" });
    await api.is("put-method-response", "PutMethodResponse", { ...method, statusCode: "200" });
    await api.do("CreateDeployment", { stageName: "api" });
    const { body } = await invoke(s, api.id, "POST /api/test", { body: '{"message": "hello world"}' });
    s.matches("lambda-aws-integration", body);
  },
  async test_lambda_aws_integration_with_request_template(s) {
    const credentials = await roleOf(s);
    await functionOf(s, "return event;");
    const { api, method } = await methodAt(s, "GET");
    const requestParameters = { "method.request.querystring.param1": false };
    await api.is("put-method", "PutMethod", { ...method, authorizationType: "NONE", requestParameters });
    await api.is("put-method-response", "PutMethodResponse", { ...method, statusCode: "200" });
    const requestTemplates = json('{"param1": "$input.params(\'param1\')"}');
    await api.is("put-integration", "PutIntegration", { ...method, ...toFunction, credentials, requestTemplates });
    const plain = { ...method, statusCode: "200", selectionPattern: "" };
    await api.is("put-integration-response", "PutIntegrationResponse", plain);
    await api.do("CreateDeployment", { stageName: "api" });
    const ask = async (query: string) => (await invoke(s, api.id, `GET /api/test?${query}`)).body;
    s.matches("lambda-aws-integration-1", await ask("param1=foobar"));
    s.matches("lambda-aws-integration-2", await ask("param1=foobar&Signature=1"));
    await api.is("delete-integration", "DeleteIntegration", method);
    await api.is("get-integration-after-delete", "GetIntegration", method);
  },
  async test_lambda_selection_patterns(s) {
    const credentials = await roleOf(s);
    const file = "lambda_select_pattern";
    const Code = { ZipFile: zipSync({ [`${file}.py`]: strToU8(raises) }) };
    await functionOf(s, "", { Runtime: "python3.12", Handler: `${file}.handler`, Code });
    const api = await apiOf(s);
    const requestTemplates = json('{"statusCode": "$input.params(\'statusCode\')"}');
    const method = await integrationOf(api, "GET /{statusCode}", { ...toFunction, credentials, requestTemplates });
    for (const [statusCode, selectionPattern] of [
      ["405", ".*four hundred.*"],
      ["502", ".*five hundred.*"],
    ]) {
      await api.do("PutMethodResponse", { ...method, statusCode });
      await api.do("PutIntegrationResponse", { ...method, statusCode, selectionPattern });
    }
    await api.do("CreateDeployment", { stageName: "dev" });
    for (const [asked, status] of [
      [200, 200],
      [400, 405],
      [500, 502],
    ] as const) {
      const reply = await invoke(s, api.id, `GET /dev/${asked}`);
      const answer = reply.status === status ? (JSON.parse(reply.body) as Answer) : `status ${reply.status}`;
      s.matches(`lambda-selection-pattern-${asked}`, answer);
    }
  },
  async test_lambda_aws_integration_response_with_mapping_templates(s) {
    const credentials = await roleOf(s);
    await functionOf(s, "return { ...event.body };");
    const api = await apiOf(s);
    const to = { ...toFunction, credentials, requestTemplates: json(request) };
    await integrationOf(api, "POST /test", to, { selectionPattern: "", responseTemplates: json(response) });
    await api.do("CreateDeployment", { stageName: "api" });
    const ask = async (label: string, body: object) => {
      const reply = await invoke(s, api.id, "POST /api/test", { headers: typed, body: JSON.stringify(body) });
      s.matches(label, { statusCode: reply.status, body: JSON.parse(reply.body) as unknown });
    };
    await ask("response-template-202", { httpStatus: "200" });
    await ask("response-template-400", { httpStatus: "400", errorMessage: "Test Bad request" });
  },
  async test_put_integration_aws_proxy_uri(s) {
    const { api, method } = await methodAt(s, "GET");
    await api.do("PutMethod", { ...method, authorizationType: "NONE" });
    const put = (label: string, uri: string) =>
      api.is(label, "PutIntegration", { ...method, type: "AWS_PROXY", integrationHttpMethod: "POST", uri });
    await put("put-integration-lambda-uri", lambda);
    await put("put-integration-wrong-arn", `lambda:path/2015-03-31/functions/${lambda}/invocations`);
    await put("put-integration-wrong-type", arn(`lambda:test/2015-03-31/functions/${lambda}/invocations`));
    await put("put-integration-wrong-firehose", arn("firehose:path/PutRecord"));
    await put("put-integration-bad-lambda-arn", arn(`lambda:path/random/${lambda}/invocations`));
  },
});
