// Integrations of REST APIs and their responses, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { apiOf, recorded, replace } from "./session.ts";

const I = "TestApigatewayIntegration::test_";
const R = "TestApigatewayIntegrationResponse::test_";
const requestTemplates = { "application/json": '{"statusCode": 200}' };
const mock = { type: "MOCK", requestTemplates };
const got = { ...mock, integrationHttpMethod: "GET" };
const created = { "application/json": '"created"' };
const plain = { statusCode: "200", selectionPattern: "" };

/** An API with a method on its root. */
async function methodOf(s: Session, httpMethod = "GET", integration?: Input) {
  const api = await apiOf(s);
  const method = { resourceId: api.root, httpMethod };
  const is = (label: string, operation: string, input: Input = {}) => api.is(label, operation, { ...method, ...input });
  const call = (operation: string, input: Input = {}) => api.do(operation, { ...method, ...input });
  await call("PutMethod", { authorizationType: "NONE" });
  if (integration !== undefined) await call("PutIntegration", integration);
  return { api, is, do: call };
}

recorded(import.meta.url, "apigateway-api", {
  async [`${I}put_integration_wrong_type`](s) {
    const { is, root: resourceId } = await apiOf(s);
    const input = { resourceId, httpMethod: "GET", type: "HTTPS_PROXY" };
    await is("put-integration-wrong-type", "PutIntegration", input);
  },
  async [`${I}put_integration_response_validation`](s) {
    const { is, do: call } = await methodOf(s, "POST");
    const other = { httpMethod: "GET" };
    const elsewhere = { resourceId: "badresource", httpMethod: "GET" };
    await is("put-integration-wrong-method", "PutIntegration", { ...got, ...other });
    await is("put-integration-wrong-resource", "PutIntegration", { ...got, ...elsewhere });
    await call("PutIntegration", got);
    const empty = { ...plain, responseTemplates: { "application/json": "{}" } };
    await is("put-integration-response-wrong-method", "PutIntegrationResponse", { ...empty, ...other });
    await is("put-integration-response-wrong-resource", "PutIntegrationResponse", { ...empty, ...elsewhere });
  },
  async [`${I}create_integration_with_vpc_link`](s) {
    const { is } = await methodOf(s);
    const uri = "http://my-vpclink-test-nlb-1234567890abcdef.us-east-1.amazonaws.com";
    const link = { connectionType: "VPC_LINK", connectionId: "${stageVariables.vpcLinkId}" };
    const input = { type: "HTTP_PROXY", integrationHttpMethod: "GET", uri, ...link };
    await is("put-integration-vpc-link", "PutIntegration", input);
    await is("get-integration-vpc-link", "GetIntegration");
    const patchOperations = replace("/connectionId", "${stageVariables.vpcLinkIdBeta}");
    await is("update-integration-vpc-link", "UpdateIntegration", { patchOperations });
    await is("get-integration-update-vpc-link", "GetIntegration");
  },
  async [`${I}get_integration_non_existent`](s) {
    const { is } = await methodOf(s);
    await is("get-integration-no-api", "GetIntegration", { restApiId: "badapi" });
    await is("get-integration-no-resource", "GetIntegration", { resourceId: "badresource" });
    await is("get-integration-no-method", "GetIntegration", { httpMethod: "POST" });
    await is("get-integration-no-integration", "GetIntegration");
  },
  async [`${R}lifecycle_integration_response`](s) {
    const { is } = await methodOf(s, "GET", mock);
    const own = { statusCode: "200" };
    await is("put-integration-response", "PutIntegrationResponse", { ...plain, responseTemplates: created });
    await is("get-integration-response", "GetIntegrationResponse", own);
    const patchOperations = replace("/selectionPattern", "updated-pattern");
    await is("update-integration-response", "UpdateIntegrationResponse", { ...own, patchOperations });
    const over = { selectionPattern: "overwrite-pattern", responseTemplates: { "application/json": "overwrite" } };
    await is("overwrite-integration-response", "PutIntegrationResponse", { ...own, ...over });
    await is("get-method", "GetMethod");
    await is("delete-integration-response", "DeleteIntegrationResponse", own);
  },
  async [`${R}integration_response_wrong_api`](s) {
    const input = { restApiId: "wrong-api", resourceId: "dummy-value", httpMethod: "GET", statusCode: "200" };
    await s.is("put-integration-response-wrong-api", "PutIntegrationResponse", input);
    await s.is("get-integration-response-wrong-api", "GetIntegrationResponse", input);
  },
  async [`${R}integration_response_wrong_resource`](s) {
    const { is } = await apiOf(s);
    const input = { resourceId: "wrong-resource", httpMethod: "GET", statusCode: "200" };
    await is("put-integration-response-wrong-resource", "PutIntegrationResponse", input);
    await is("get-integration-response-wrong-resource", "GetIntegrationResponse", input);
  },
  async [`${R}integration_response_wrong_method`](s) {
    const { is, root: resourceId } = await apiOf(s);
    const input = { resourceId, httpMethod: "wrong-method", statusCode: "200" };
    await is("put-integration-response-wrong-method", "PutIntegrationResponse", input);
    await is("get-integration-response-wrong-method", "GetIntegrationResponse", input);
  },
  async [`${R}integration_response_invalid_statuscode`](s) {
    const { is, root: resourceId } = await apiOf(s);
    const input = { resourceId, httpMethod: "GET", statusCode: "wrong" };
    const put = { ...input, responseTemplates: created, selectionPattern: "" };
    await is("put-integration-response-invalid-statusCode", "PutIntegrationResponse", put);
    await is("get-integration-response-invalid-statusCode", "GetIntegrationResponse", input);
  },
  async [`${R}integration_response_invalid_integration`](s) {
    const { is } = await methodOf(s);
    await is("get-integration-response-without-integration", "GetIntegrationResponse", { statusCode: "200" });
  },
  async [`${R}integration_response_wrong_status_code`](s) {
    const { is } = await methodOf(s, "GET", mock);
    await is("get-integration-response-wrong-status-code", "GetIntegrationResponse", { statusCode: "201" });
  },
  async [`${R}delete_integration_response_errors`](s) {
    const { api, is } = await methodOf(s, "GET", mock);
    await is("put-integration-response", "PutIntegrationResponse", { ...plain, responseTemplates: created });
    const drop = (label: string, input: Input) =>
      is(label, "DeleteIntegrationResponse", { statusCode: "200", ...input });
    await drop("non-existent-resource", { resourceId: "badresource" });
    await drop("non-existent-api-id", { restApiId: "badapiid", resourceId: api.root });
    await drop("non-existent-method", { httpMethod: "POST" });
    await drop("non-existent-status-code", { statusCode: "201" });
    await drop("bad-method", { httpMethod: "wrong" });
  },
});
