// Integrations with endpoints and with S3, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import { dictionaryOf } from "../../protocols/xml-dictionary.ts";
import type { Input, Session } from "../session.ts";
import { invoke } from "./mock.ts";
import { BUCKET, bucketOf, roleOf } from "./services.ts";
import { apiOf, recorded, type Api } from "./session.ts";

const endpoint = "http://example.com";
const role = "arn:aws:iam::000000000000:role/service-role/testfunction-role-oe783psq";
const invocations = "arn:aws:lambda:us-east-1:000000000000:function:MyLambda/invocations";
const lambda = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${invocations}`;
const s3 = "arn:aws:apigateway:us-east-1:s3:path/b/k";

/** The calls of a method of an API's root. */
function methodOf(api: Api, httpMethod: string) {
  const method = { resourceId: api.root, httpMethod };
  const is = (label: string, operation: string, input: Input = {}) => api.is(label, operation, { ...method, ...input });
  const call = (operation: string, input: Input = {}) => api.do(operation, { ...method, ...input });
  return { is, do: call };
}

recorded(import.meta.url, "apigateway-integrations", {
  async test_put_integration_responses(s) {
    const api = await apiOf(s);
    const http = { type: "HTTP", uri: endpoint, integrationHttpMethod: "POST" };
    const ok = { statusCode: "200" };
    const twos = { ...ok, selectionPattern: "2\\d{2}" };
    const get = methodOf(api, "GET");
    await get.is("put-method-get", "PutMethod", { authorizationType: "NONE" });
    await get.is("put-method-response-get", "PutMethodResponse", ok);
    await get.is("put-integration-get", "PutIntegration", http);
    await get.is("put-integration-response-get", "PutIntegrationResponse", { ...twos, responseTemplates: {} });
    await get.is("get-integration-response-get", "GetIntegrationResponse", ok);
    await get.is("get-method-get", "GetMethod");
    await api.is("deploy", "CreateDeployment", { stageName: "local" });
    await get.is("delete-integration-response-get", "DeleteIntegrationResponse", ok);
    await get.is("get-method-get-after-int-resp-delete", "GetMethod");
    const put = methodOf(api, "PUT");
    await put.is("put-method-put", "PutMethod", { authorizationType: "NONE" });
    await put.is("put-method-response-put", "PutMethodResponse", ok);
    await put.is("put-integration-put", "PutIntegration", http);
    const toBinary = { ...twos, contentHandling: "CONVERT_TO_BINARY" };
    await put.is("put-integration-response-put", "PutIntegrationResponse", toBinary);
    await put.is("get-integration-response-put", "GetIntegrationResponse", ok);
  },
  async test_put_integration_response_with_response_template(s) {
    const { is, do: call } = methodOf(await apiOf(s), "GET");
    await call("PutMethod", { authorizationType: "NONE" });
    await call("PutMethodResponse", { statusCode: "200" });
    await call("PutIntegration", { type: "HTTP", uri: endpoint, integrationHttpMethod: "POST" });
    const responseTemplates = { "application/json": '{"data": "test"}' };
    const response = { statusCode: "200", selectionPattern: "foobar", responseTemplates };
    await call("PutIntegrationResponse", response);
    await is("get-integration-response", "GetIntegrationResponse", { statusCode: "200" });
  },
  async test_put_integration_validation(s) {
    const { is, do: call } = methodOf(await apiOf(s), "GET");
    await call("PutMethod", { authorizationType: "NONE" });
    await call("PutMethodResponse", { statusCode: "200" });
    const put = (label: string, type: string, uri: string, more: Input = { integrationHttpMethod: "POST" }) =>
      is(`${label}`, "PutIntegration", { type, uri, ...more });
    for (const type of ["HTTP", "HTTP_PROXY", "AWS"])
      await put(`required-integration-method-${type}`, type, endpoint, {});
    await is("not-required-integration-method-MOCK", "PutIntegration", { type: "MOCK" });
    for (const type of ["HTTP", "HTTP_PROXY"]) await put(`http-method-${type}`, type, endpoint);
    const withRole = { integrationHttpMethod: "POST", credentials: role };
    await put("aws-integration-AWS", "AWS", s3, withRole);
    for (const type of ["AWS", "AWS_PROXY"]) await put(`aws-integration-type-${type}`, type, lambda);
    await put("no-s3-support-AWS_PROXY", "AWS_PROXY", s3, withRole);
    for (const type of ["HTTP", "HTTP_PROXY"]) await put(`invalid-uri-${type}`, type, "non-valid-http");
    await put("invalid-uri-not-an-arn", "AWS", "non-valid-arn");
    await put("invalid-uri-invalid-arn", "AWS", "arn:aws:iam::0000000000:role/service-role/asdf");
  },
});

const path = `arn:aws:apigateway:us-east-1:s3:path/${BUCKET}`;

/** One method of a resource that asks S3. */
async function asks(api: Api, place: Input, integration: Input, method: Input = {}): Promise<void> {
  await api.do("PutMethod", { ...place, authorizationType: "NONE", ...method });
  await api.do("PutMethodResponse", { ...place, statusCode: "200" });
  await api.do("PutIntegration", { ...place, type: "AWS", ...integration });
  await api.do("PutIntegrationResponse", { ...place, statusCode: "200" });
}

async function ok(s: Session, api: Api, route: string, body?: string): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  const reply = await invoke(s, api.id, route, body === undefined ? {} : { headers, body });
  expect(reply.status).toBe(200);
  return reply.body;
}

/** The test wrote one word for all ids of hosts. */
function ofAnyHost(recording: unknown): unknown {
  const { Error } = recording as { readonly Error: object };
  return { Error: { ...Error, HostId: "host-id" } };
}

recorded(import.meta.url, "apigateway-s3", {
  async test_apigateway_s3_any(s) {
    const bucket = await bucketOf(s);
    const credentials = await roleOf(s);
    const api = await apiOf(s);
    const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "{object_path+}" });
    const from = "method.request";
    const requestParameters = { [`${from}.path.object_path`]: true, [`${from}.header.Content-Type`]: false };
    const mapped = {
      "integration.request.path.object_path": `${from}.path.object_path`,
      "integration.request.header.Content-Type": `${from}.header.Content-Type`,
    };
    const uri = `${path}/{object_path}`;
    const integration = { integrationHttpMethod: "ANY", uri, requestParameters: mapped, credentials };
    await asks(api, { resourceId, httpMethod: "ANY" }, integration, { requestParameters });
    await api.do("CreateDeployment", { stageName: "test" });
    const at = "/test/test.json";
    s.matches("get-object-empty", dictionaryOf(await ok(s, api, `GET ${at}`)), ofAnyHost);
    await ok(s, api, `PUT ${at}`, '{"put_id": 1}');
    s.matches("get-object-1", await ok(s, api, `GET ${at}`));
    await ok(s, api, `PUT ${at}`, '{"put_id": 2}');
    s.matches("get-object-2", await ok(s, api, `GET ${at}`));
    await ok(s, api, `DELETE ${at}`);
    s.matches("get-object-deleted", dictionaryOf(await ok(s, api, `GET ${at}`)), ofAnyHost);
    s.matches("get-object-s3", await bucket.ask("GetObject", { Bucket: BUCKET, Key: "test.json" }));
  },
  async test_apigateway_s3_method_mapping(s) {
    await bucketOf(s);
    const credentials = await roleOf(s);
    const api = await apiOf(s);
    const add = async (pathPart: string, integration: Input): Promise<void> => {
      const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart });
      const uri = `${path}/test.json`;
      await asks(api, { resourceId, httpMethod: "GET" }, { uri, credentials, ...integration });
    };
    await add("get", { integrationHttpMethod: "GET" });
    await add("put", {
      integrationHttpMethod: "PUT",
      requestParameters: { "integration.request.header.Content-Type": "'application/json'" },
      requestTemplates: { "application/json": '{"message": "great success!"}' },
    });
    await add("delete", { integrationHttpMethod: "DELETE" });
    await api.do("CreateDeployment", { stageName: "test" });
    await ok(s, api, "GET /test/put");
    s.matches("get-object", await ok(s, api, "GET /test/get"));
    await ok(s, api, "GET /test/delete");
    s.matches("get-deleted-object", dictionaryOf(await ok(s, api, "GET /test/get")));
  },
});
