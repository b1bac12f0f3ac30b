// Requests against parameters and models, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import type { Answer, Input, Session } from "../session.ts";
import { functionOf, invocations } from "./functions.ts";
import { invoke, mockAt } from "./mock.ts";
import { roleOf } from "./services.ts";
import { add, apiOf, recorded, remove, replace, type Api } from "./session.ts";

const C = "TestApiGatewayCommon::test_api_gateway_request_validator";
const typed = { "Content-Type": "application/json" };
const draft = { $schema: "http://json-schema.org/draft-04/schema#" };

const numbers = {
  ...draft,
  title: "testSchema",
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" } },
  required: ["a", "b"],
};

const model = (api: Api, name: string, schema: object) =>
  api.do("CreateModel", { name, contentType: "application/json", schema: JSON.stringify(schema) });
const modelIn = (api: Api, name: string) => `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;

/** A mock at `POST /path` whose body is held to a model. */
async function checked(api: Api, name: string): Promise<void> {
  const validator = { name: "body", validateRequestBody: true, validateRequestParameters: false };
  const { id: requestValidatorId } = await api.do("CreateRequestValidator", validator);
  const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "path" });
  const method = { resourceId, httpMethod: "POST", requestValidatorId };
  await mockAt(api, { ...method, requestModels: { "application/json": name } }, '{"data": "ok"}');
  await api.do("CreateDeployment", { stageName: "dev" });
}

async function models(s: Session, api: Api): Promise<void> {
  const { items, ...rest } = await api.do("GetModels");
  const order = ["Empty", "Error"];
  const rank = ({ name }: { readonly name: string }) => (order.includes(name) ? 0 : 1);
  const named = items as readonly { readonly name: string }[];
  const found = named.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  s.matches("get-models-with-ref", { items: found, ...rest });
}

async function post(s: Session, api: Api, label: string, value: unknown): Promise<void> {
  const { body } = await invoke(s, api.id, "POST /dev/path", { headers: typed, body: JSON.stringify(value) });
  s.matches(label, body);
}

const required = (name: string) => ({ [`method.request.${name}`]: true });

recorded(import.meta.url, "apigateway-common", {
  async [C](s) {
    const credentials = await roleOf(s);
    const fn_arn = await functionOf(s, "return { statusCode: 200, body: JSON.stringify(event) };");
    s.matches("register-lambda", { fn_name: fn_arn.split(":").at(-1), fn_arn });
    const api = await apiOf(s);
    const { id: parentId } = await api.do("CreateResource", { parentId: api.root, pathPart: "test" });
    const { id: resourceId } = await api.do("CreateResource", { parentId, pathPart: "{test}" });
    const validator = { name: "test-validator", validateRequestParameters: true, validateRequestBody: true };
    const { id: requestValidatorId } = await api.do("CreateRequestValidator", validator);
    await model(api, "testSchema", numbers);
    const requestParameters = {
      ...required("path.test"),
      ...required("querystring.qs1"),
      ...required("header.x-header-param"),
    };
    for (const httpMethod of ["GET", "POST"]) {
      const method = { resourceId, httpMethod };
      const requestModels: Input = httpMethod === "POST" ? { requestModels: { "application/json": "testSchema" } } : {};
      const held = { requestValidatorId, requestParameters, ...requestModels };
      await api.do("PutMethod", { ...method, authorizationType: "NONE", ...held });
      const to = { type: "AWS_PROXY", integrationHttpMethod: "POST", uri: invocations };
      await api.do("PutIntegration", { ...method, ...to });
      await api.do("PutMethodResponse", { ...method, statusCode: "200" });
      await api.do("PutIntegrationResponse", { ...method, statusCode: "200" });
    }
    void credentials;
    await api.is("deploy-1", "CreateDeployment", { stageName: "local" });
    const path = (name: string) => `/requestParameters/method.request.path.${name}`;
    const patch = (label: string, from: string, to: string): Promise<Answer> =>
      api.is(label, "UpdateMethod", {
        resourceId,
        httpMethod: "POST",
        patchOperations: [...add(path(to), "true"), ...remove(path(from), "true")],
      });
    const refused = async (label: string, route: string, more: Input = {}) => {
      const reply = await invoke(s, api.id, route, { headers: typed, body: '{"test": "test"}', ...more });
      expect(reply.status).toBe(400);
      s.matches(label, reply.body);
    };
    await patch("change-request-path-names", "test", "issuer");
    await api.do("CreateDeployment", { stageName: "local" });
    await refused("missing-all-required-request-params-post", "POST /local/test/value");
    await refused("missing-required-headers-request-params-get", "GET /local/test/value?qs1=1", { body: undefined });
    const headers = { ...typed, "x-header-param": "1" };
    await refused("missing-required-qs-request-params-get", "GET /local/test/value", { headers, body: undefined });
    await patch("revert-request-path-names", "issuer", "test");
    await api.do("CreateDeployment", { stageName: "local" });
    await refused("invalid-request-body", "POST /local/test/value?qs1=1", { headers });
    const patchOperations = [
      ...replace("/validateRequestBody", "false"),
      ...replace("/validateRequestParameters", "false"),
    ];
    await api.is("disable-request-validator", "UpdateRequestValidator", { requestValidatorId, patchOperations });
  },
  async [`${C}_with_ref_models`](s) {
    const api = await apiOf(s);
    await model(api, "testSchema", numbers);
    await model(api, "testSchemaList", { type: "array", items: { $ref: modelIn(api, "testSchema") } });
    await models(s, api);
    await checked(api, "testSchemaList");
    await post(s, api, "successful", [{ a: 1, b: 2 }]);
    await post(s, api, "failed-validation", [{ a: 1 }]);
  },
  async [`${C}_with_ref_one_ofmodels`](s) {
    const api = await apiOf(s);
    const properties = { Status: { type: "string" }, Order: { type: "integer" } };
    await model(api, "StatusModel", { type: "object", properties, required: ["Status", "Order"] });
    const status = { oneOf: [{ type: "null" }, { $ref: modelIn(api, "StatusModel") }] };
    await model(api, "TestModel", { type: "object", properties: { status }, required: ["status"] });
    await models(s, api);
    await checked(api, "TestModel");
    await post(s, api, "successful", { status: null });
    await post(s, api, "successful-with-data", { status: { Status: "done", Order: 1 } });
    await post(s, api, "failed-validation-no-data", {});
    await post(s, api, "failed-validation-bad-data", { status: { Status: "done", Order: "one" } });
  },
});
