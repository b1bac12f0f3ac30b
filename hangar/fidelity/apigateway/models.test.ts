// Models and request validators of REST APIs, as they were recorded from AWS (see ../NOTICE).

import type { Answer, Input } from "../session.ts";
import { add, apiOf, recorded, remove, replace } from "./session.ts";

const M = "TestApiGatewayApiModels::test_";
const V = "TestApiGatewayApiRequestValidator::test_";
const json = { contentType: "application/json", description: "" };
const nowhere = { restApiId: "abcde0" };
const schema = JSON.stringify({ title: "MySchema", type: "object" });
const model = { ...json, name: "MySchema", schema };

const named = (answer: Answer): Answer => ({
  ...answer,
  items: (answer["items"] as { readonly name: string }[]).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
});

const calculated = `{
\t"title": "Calc output",
\t"type": "object",
\t"properties": {
\t\t"a": {
\t\t\t"type": "number"
\t\t},
\t\t"b": {
\t\t\t"type": "number"
\t\t},
\t\t"op": {
\t\t\t"description": "operation of +, -, * or /",
\t\t\t"type": "string"
\t\t},
\t\t"c": {
\t\t    "type": "number"
\t\t}
\t},
\t"required": ["a", "b", "op"]
}
`;

recorded(import.meta.url, "apigateway-api", {
  async [`${M}model_lifecycle`](s) {
    const { is, do: call } = await apiOf(s);
    const output = { name: "CalcOutput", description: "Calc output model", schema: calculated };
    await is("create-model", "CreateModel", { ...json, ...output });
    s.matches("get-models", named(await call("GetModels")));
    await is("get-model", "GetModel", { modelName: "CalcOutput" });
    await is("del-model", "DeleteModel", { modelName: "CalcOutput" });
  },
  async [`${M}model_validation`](s) {
    const { is, do: call } = await apiOf(s);
    const modelName = "MySchema";
    await is("create-model-wrong-id", "CreateModel", { ...model, ...nowhere, description: "Test model" });
    await is("get-models-wrong-id", "GetModels", nowhere);
    await is("get-model-wrong-id", "GetModel", { ...nowhere, modelName });
    await is("del-model-wrong-id", "DeleteModel", { ...nowhere, modelName });
    await call("CreateModel", model);
    const create = (label: string, input: Input) => is(label, "CreateModel", { ...json, ...input });
    await create("create-model-already-exists", model);
    await create("create-model-empty-name", { name: "", schema });
    await create("create-model-empty-schema", { name: "MyEmptySchema", schema: "" });
    await create("create-model-no-schema-json", { name: "MyEmptySchema" });
    await create("create-model-no-schema-xml", { name: "MyEmptySchemaXml", contentType: "application/xml" });
  },
  async [`${M}update_model`](s) {
    const { is } = await apiOf(s);
    const updated = JSON.stringify({ title: "Updated schema", type: "object" });
    const patchOperations = [...replace("/schema", updated), ...replace("/description", "")];
    const update = (label: string, patches: object[], more: Input = {}) =>
      is(label, "UpdateModel", { modelName: "MySchema", patchOperations: patches, ...more });
    await update("update-model-wrong-id", patchOperations, { ...nowhere, modelName: "mySchema" });
    await is("create-model", "CreateModel", model);
    await update("update-model", patchOperations);
    await update("update-model-invalid-op", add("/wrong-path", "not supported op"));
    await update("update-model-invalid-path", replace("/name", "invalid"));
    await update("update-model-empty-schema", replace("/schema", ""));
  },
  async [`${V}validators_crud_no_api`](s) {
    const restApiId = "test-fake-rest-id";
    const input = { restApiId, name: "test-validator", validateRequestBody: true, validateRequestParameters: false };
    await s.is("wrong-rest-api-id-create-validator", "CreateRequestValidator", input);
    await s.is("wrong-rest-api-id-get-validators", "GetRequestValidators", { restApiId });
  },
  async [`${V}request_validator_lifecycle`](s) {
    const made = await s.is("create-rest-api", "CreateRestApi", { name: "validated", description: "my api" });
    const restApiId = made["id"];
    const created = await s.is("create-request-validator", "CreateRequestValidator", { restApiId, name: "validator" });
    const own = { restApiId, requestValidatorId: created["id"] };
    await s.is("get-request-validator", "GetRequestValidator", own);
    await s.is("get-request-validators", "GetRequestValidators", { restApiId });
    const update = (label: string, value?: string) =>
      s.is(label, "UpdateRequestValidator", { ...own, patchOperations: replace("/validateRequestBody", value) });
    await update("update-request-validator-with-value", "true");
    await update("update-request-validator-without-value");
    await s.is("get-request-validators-after-update-operation", "GetRequestValidator", own);
    await s.is("delete-request-validator", "DeleteRequestValidator", own);
    await s.is("get-deleted-request-validator", "GetRequestValidator", own);
    await s.is("get-request-validators-after-delete", "GetRequestValidators", { restApiId });
  },
  async [`${V}invalid_get_request_validator`](s) {
    const { is, do: call } = await apiOf(s);
    const { id: requestValidatorId } = await call("CreateRequestValidator", { name: "validator" });
    const wrong = { restApiId: "api_id", requestValidatorId };
    await is("get-request-validators-invalid-api-id", "GetRequestValidator", wrong);
    const none = { requestValidatorId: "validator_id" };
    await is("get-request-validators-invalid-validator-id", "GetRequestValidator", none);
  },
  async [`${V}invalid_get_request_validators`](s) {
    await s.is("get-invalid-request-validators", "GetRequestValidators", { restApiId: "api_id" });
  },
  async [`${V}invalid_delete_request_validator`](s) {
    const { is, do: call } = await apiOf(s);
    const { id: requestValidatorId } = await call("CreateRequestValidator", { name: "validator" });
    const wrong = { restApiId: "api_id", requestValidatorId };
    await is("delete-request-validator-invalid-api-id", "DeleteRequestValidator", wrong);
    const none = { requestValidatorId: "validator_id" };
    await is("delete-request-validator-invalid-validator-id", "DeleteRequestValidator", none);
  },
  async [`${V}create_request_validator_invalid_api_id`](s) {
    const input = { restApiId: "api_id", name: "validator" };
    await s.is("invalid-create-request-validator", "CreateRequestValidator", input);
  },
  async [`${V}invalid_update_request_validator_operations`](s) {
    const made = await s.is("create-rest-api", "CreateRestApi", { name: "validated", description: "my api" });
    const restApiId = made["id"];
    const created = await s.is("create-request-validator", "CreateRequestValidator", { restApiId, name: "validator" });
    const requestValidatorId = created["id"];
    const update = (label: string, patchOperations: object[]) =>
      s.is(label, "UpdateRequestValidator", { restApiId, requestValidatorId, patchOperations });
    await update("update-request-validator-invalid-add-operation", add("/validateRequestBody", "true"));
    await update("update-request-validator-invalid-remove-operation", remove("/validateRequestBody", "true"));
    await update("update-request-validator-invalid-path", replace("/invalidPath", "true"));
    await update("update-request-validator-empty-name-value", replace("/name"));
  },
});
