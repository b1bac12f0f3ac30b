// Methods of REST APIs and their responses, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { add, apiOf, recorded, remove, replace, type Patch } from "./session.ts";

const M = "TestApiGatewayApiMethod::test_";
const R = "TestApigatewayMethodResponse::test_";
const open = { authorizationType: "NONE" };
const authorizerUri =
  "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:myApiAuthorizer/invocations";
const token = { name: "token", type: "TOKEN", authorizerUri, identitySource: "method.request.header.Authorization" };

/** An API with a method on its root. */
async function methodOf(s: Session, httpMethod = "ANY") {
  const api = await apiOf(s);
  const method = { resourceId: api.root, httpMethod };
  const is = (label: string, operation: string, input: Input = {}) => api.is(label, operation, { ...method, ...input });
  const call = (operation: string, input: Input = {}) => api.do(operation, { ...method, ...input });
  const update = (label: string, patchOperations: Patch[], more: Input = {}) =>
    is(label, "UpdateMethod", { patchOperations, ...more });
  return { api, is, do: call, update };
}

/** A method GET with one response, and its patches. */
async function responseOf(s: Session, more: Input = { responseParameters: {}, responseModels: {} }) {
  const method = await methodOf(s, "GET");
  await method.do("PutMethod", open);
  const requestTemplates = { "application/json": '{"statusCode": 200}' };
  await method.do("PutIntegration", { type: "MOCK", requestTemplates });
  const response = { statusCode: "200", ...more };
  const patch = (label: string, patchOperations: Patch[], other: Input = {}) =>
    method.is(label, "UpdateMethodResponse", { statusCode: "200", patchOperations, ...other });
  return { ...method, response, patch };
}

const header = "/responseParameters/method.response.header.my-header";
const json = "/responseModels/application~1json";
const both = {
  responseParameters: { "method.response.header.my-header": false },
  responseModels: { "application/json": "Empty" },
};
const wrong = (path: string, value: string): Patch => ({ op: "wrong_op", path, value });

recorded(import.meta.url, "apigateway-api", {
  async [`${M}method_lifecycle`](s) {
    const { is } = await methodOf(s);
    await is("put-base-method-response", "PutMethod", open);
    await is("get-base-method-response", "GetMethod");
    await is("del-base-method-response", "DeleteMethod");
    await is("get-deleted-method-response", "GetMethod");
    await is("delete-deleted-method-response", "DeleteMethod");
  },
  async [`${M}method_request_parameters`](s) {
    const { is } = await methodOf(s);
    const at = "method.request";
    const requestParameters = {
      [`${at}.querystring.q_optional`]: false,
      [`${at}.querystring.q_required`]: true,
      [`${at}.header.h_optional`]: false,
      [`${at}.header.h_required`]: true,
    };
    await is("put-method-request-params-response", "PutMethod", { ...open, requestParameters });
    await is("get-method-request-params-response", "GetMethod");
    const same = { [`${at}.querystring.optional`]: false, [`${at}.header.optional`]: false };
    await is("req-params-same-name", "PutMethod", { ...open, httpMethod: "GET", requestParameters: same });
  },
  async [`${M}put_method_model`](s) {
    const { api, is, update } = await methodOf(s);
    const model = { contentType: "application/json", description: "" };
    const schema = (title: string) => JSON.stringify({ title, type: "object" });
    const create = (label: string, name: string) =>
      api.is(label, "CreateModel", { ...model, name, schema: schema(name) });
    const drop = (label: string, modelName: string) => api.is(label, "DeleteModel", { modelName });
    await create("create-model", "MySchema");
    await create("create-model-2", "MySchemaTwo");
    const requestModels = (name: string) => ({ ...open, requestModels: { "application/json": name } });
    await is("put-method-request-models", "PutMethod", requestModels("MySchema"));
    await drop("delete-model-used", "MySchema");
    await update("update-method-model", replace("/requestModels/application~1json", "MySchemaTwo"));
    await drop("delete-model-unused", "MySchema");
    await drop("delete-model-used-2", "MySchemaTwo");
    const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "test" });
    await is("put-method-2-request-models", "PutMethod", { resourceId, ...requestModels("MySchemaTwo") });
    await drop("delete-model-used-by-2-method", "MySchemaTwo");
    const gone = remove("/requestModels/application~1json", "MySchemaTwo");
    await update("update-method-model-2", gone, { resourceId });
    await drop("delete-model-used-by-method-1", "MySchemaTwo");
    await is("delete-method-using-model-2", "DeleteMethod");
    await drop("delete-model-unused-2", "MySchemaTwo");
  },
  async [`${M}put_method_validation`](s) {
    const { is } = await methodOf(s);
    const put = (label: string, input: Input) => is(label, "PutMethod", { ...open, ...input });
    await put("wrong-api", { restApiId: "fake-api", httpMethod: "WRONG" });
    await put("wrong-resource", { resourceId: "fake-resource-id", httpMethod: "WRONG" });
    await put("wrong-method", { httpMethod: "WRONG" });
    await put("missing-authorizer-id", { authorizationType: "CUSTOM" });
    await put("invalid-request-validator", { requestValidatorId: "fake-validator" });
    await put("invalid-model-name", { requestModels: { "application/json": "petModel" } });
  },
  async [`${M}update_method`](s) {
    const { api, is, update } = await methodOf(s);
    await is("put-method-response", "PutMethod", open);
    const parameter = "/requestParameters/method.request.querystring.optional";
    const model = "/requestModels/application~1json";
    await update("update-method-add", [...add(parameter, "true"), ...add(model, "Empty")]);
    await update("update-method-replace", [
      ...replace("/operationName", "ReplacedOperationName"),
      ...replace("/apiKeyRequired", "true"),
      ...replace("/authorizationType", "AWS_IAM"),
      ...replace(parameter, "false"),
    ]);
    const { id } = await api.do("CreateAuthorizer", token);
    const custom = replace("/authorizationType", "CUSTOM");
    await update("update-method-replace-authorizer", [...replace("/authorizerId", String(id)), ...custom]);
    await update("update-method-remove", [...remove(parameter, "true"), ...remove(model, "Empty")]);
  },
  async [`${M}update_method_validation`](s) {
    const { is, update } = await methodOf(s);
    await update("wrong-rest-api", [], { restApiId: "fake-api" });
    await update("wrong-resource-id", [], { resourceId: "fake-resource-id" });
    await update("method-does-not-exist", replace("/operationName", "methodDoesNotExist"), { httpMethod: "GET" });
    await is("put-method-response", "PutMethod", { ...open, apiKeyRequired: true });
    await update("unsupported-operation", add("/operationName", "operationName"));
    await update("unsupported-operation-2", add("/requestValidatorId", "wrong-id"));
    await update("unsupported-path", add("/httpMethod", "PUT"));
    const whole = replace("/requestParameters", "method.request.querystring.optional=false");
    await update("wrong-path-request-parameters", whole);
    await update("wrong-path-request-models", add("/requestModels/application/json", "Empty"));
    await update("wrong-value-type", replace("/apiKeyRequired", "whatever"));
    const custom = replace("/authorizationType", "CUSTOM");
    await update("wrong-auth-type", custom);
    await update("skip-auth-id-with-wrong-type", replace("/authorizerId", "abc123"));
    await update("wrong-auth-id", [...custom, ...replace("/authorizerId", "abc123")]);
    await update("wrong-req-validator-id", replace("/requestValidatorId", "fake-id"));
  },
  "TestApiGatewayApiAuthorizer::test_authorizer_crud_no_api": async (s) => {
    const restApiId = "test-fake-rest-id";
    await s.is("wrong-rest-api-id-create-authorizer", "CreateAuthorizer", { restApiId, ...token });
    await s.is("wrong-rest-api-id-get-authorizers", "GetAuthorizers", { restApiId });
  },
  async [`${R}lifecycle_method_response`](s) {
    const { is, response, patch } = await responseOf(s);
    await is("put-method-response", "PutMethodResponse", response);
    await is("get-integration-response", "GetMethodResponse", { statusCode: "200" });
    await patch("add-method-responses", [...add(header, "true"), ...add(json, "Empty")]);
    await patch("update-method-responses", [...replace(header, "true"), ...replace(json, "Empty")]);
    await is("get-method", "GetMethod");
    await is("delete-method-response", "DeleteMethodResponse", { statusCode: "200" });
  },
  async [`${R}update_method_response`](s) {
    const { do: call, response, patch } = await responseOf(s, both);
    await call("PutMethodResponse", response);
    await patch("remove-update-method-response", [...remove(header, "true"), ...remove(json, "Empty")]);
    await patch("add-update-method-response", [...add(header, "true"), ...add(json, "Empty")]);
  },
  async [`${R}update_method_response_wrong_operations`](s) {
    const { do: call, response, patch } = await responseOf(s, both);
    await call("PutMethodResponse", response);
    const two = [wrong(header, "true"), wrong(json, "Empty")];
    const label = "update-method-response-wrong-operation";
    await patch(`${label}-1`, [wrong(header, "true")]);
    await patch(`${label}-2`, [wrong(json, "Empty")]);
    await patch(`${label}-3`, two);
    await patch(`${label}-4`, [...two, ...two]);
    await patch(`${label}-5`, [wrong(header, "true"), ...remove(json, "Empty"), wrong(json, "Empty")]);
  },
  async [`${R}update_method_response_negative_tests`](s) {
    const { do: call, response, patch } = await responseOf(s, both);
    await call("PutMethodResponse", response);
    const valid = replace(header, "true");
    const label = "update-method-response";
    await patch(`${label}-wrong-statuscode`, valid, { statusCode: "201" });
    await patch(`${label}-invalid-statuscode`, valid, { statusCode: "wrong" });
    await patch(`${label}-invalid-statuscode-and-wrong-op`, [wrong(header, "true")], { statusCode: "wrong" });
    await patch(`${label}-wrong-resource`, valid, { resourceId: "wrong" });
    await patch(`${label}-wrong-method`, valid, { httpMethod: "POST" });
  },
  async [`${R}update_method_lack_response_parameters_and_models`](s) {
    const { do: call, response, patch } = await responseOf(s);
    await call("PutMethodResponse", response);
    const label = "update-method-response-operation";
    await patch(`${label}-without-response-parameters`, remove(header, "true"));
    await patch(`${label}-without-response-models`, remove(json, "Empty"));
    await patch(`${label}-with-wrong-path`, remove("/wrong/method.response.header.my-header", "true"));
  },
  async [`${R}update_method_wrong_param_names`](s) {
    const { do: call, response, patch } = await responseOf(s, both);
    await call("PutMethodResponse", response);
    const label = "update-method-response-operation-with-wrong-param-name";
    await patch(`${label}-1`, replace("/responseParameters/wrong", "true"));
    await patch(`${label}-2`, remove("/responseParameters/wrong", "true"));
    await patch(`${label}-3`, replace("/responseModels/wrong", "Empty"));
    await patch(`${label}-4`, remove("/responseModels/wrong", "Empty"));
  },
});
