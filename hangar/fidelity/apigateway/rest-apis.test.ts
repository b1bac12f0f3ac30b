// REST APIs and their settings, as they were recorded from AWS (see ../NOTICE).

import type { Input } from "../session.ts";
import { add, api, apiOf, recorded, remove, replace } from "./session.ts";

const R = "TestApiGatewayApiRestApi::test_";
const name = "recorded";

recorded(import.meta.url, "apigateway-api", {
  async [`${R}list_and_delete_apis`](s) {
    const first = await s.is("create-rest-api-1", "CreateRestApi", { name: "first", description: "this is my api" });
    await s.is("create-rest-api-2", "CreateRestApi", { name: "second", description: "this is my api2" });
    await s.is("get-rest-api-before-delete", "GetRestApis");
    await s.is("delete-rest-api", "DeleteRestApi", { restApiId: first["id"] });
    await s.is("get-rest-api-after-delete", "GetRestApis");
  },
  async [`${R}create_rest_api_with_optional_params`](s) {
    const create = (label: string, input: Input) => s.is(label, "CreateRestApi", input);
    await create("create-only-name", { name });
    await create("create-empty-desc", { name, description: "" });
    await create("create-with-version", { name: "versioned", version: "v1" });
    await create("create-with-empty-binary-media", { name: "textual", binaryMediaTypes: [] });
    await create("string-compression-size", { name, minimumCompressionSize: -1 });
  },
  async [`${R}create_rest_api_with_binary_media_types`](s) {
    await s.is("create-with-binary-media", "CreateRestApi", { name, binaryMediaTypes: ["image/png"] });
  },
  async [`${R}create_rest_api_with_tags`](s) {
    const input = { name, description: "this is my api", tags: { MY_TAG1: "MY_VALUE1" } };
    const { id } = await s.is("create-rest-api-w-tags", "CreateRestApi", input);
    await s.is("get-rest-api-w-tags", "GetRestApi", { restApiId: id });
    await s.is("get-rest-apis-w-tags", "GetRestApis");
  },
  async [`${R}update_rest_api_operation_add_remove`](s) {
    const { is } = await apiOf(s, { description: "this is my api" });
    const update = (label: string, patchOperations: object[]) => is(label, "UpdateRestApi", { patchOperations });
    await update("update-rest-api-add", [
      ...add("/binaryMediaTypes/image~1png"),
      ...add("/binaryMediaTypes/image~1jpeg"),
    ]);
    await update("update-rest-api-replace", replace("/binaryMediaTypes/image~1png", "image/gif"));
    await update("update-rest-api-remove", [...remove("/binaryMediaTypes/image~1gif"), ...remove("/description")]);
  },
  async [`${R}update_rest_api_compression`](s) {
    const { is } = await apiOf(s, { description: "this is my api" });
    const size = (label: string, value: string, patch = replace) =>
      is(label, "UpdateRestApi", { patchOperations: patch("/minimumCompressionSize", value) });
    await size("enable-compression", "10");
    await size("disable-compression", "");
    await size("set-compression-zero", "0");
    await size("set-negative-compression", "-1");
    await size("set-string-compression", "test");
    await size("unsupported-operation", "10", add);
  },
  async [`${R}update_rest_api_behaviour`](s) {
    const { is } = await apiOf(s, { description: "this is my api" });
    const update = (label: string, patchOperations: object[]) => is(label, "UpdateRestApi", { patchOperations });
    await update("update-rest-api-array", add("/binaryMediaTypes/-", "image/png"));
    await update("update-rest-api-add-base-path", add("/binaryMediaTypes", "image/gif"));
    await update("update-rest-api-replace-base-path", replace("/binaryMediaTypes", "image/gif"));
    await update("update-rest-api-remove-base-path", remove("/binaryMediaTypes"));
  },
  async [`${R}update_rest_api_invalid_api_id`](s) {
    const patchOperations = replace("/apiKeySource", "AUTHORIZER");
    await s.is("not-found-update-rest-api", "UpdateRestApi", { restApiId: "api_id", patchOperations });
  },
  async [`${R}create_rest_api_with_endpoint_configuration`](s) {
    const create = (label: string, endpointConfiguration: Input, more: Input = {}) =>
      s.is(label, "CreateRestApi", { name, endpointConfiguration, ...more });
    const wrong = { types: ["wrong"], ipAddressType: "wrong" };
    await create("create-with-empty-types", { types: [] });
    await create("create-with-invalid-ip-address-type", { ipAddressType: "wrong" });
    await create("create-with-invalid-types", { types: ["wrong"] });
    await create("create-with-invalid-ip-address-type-and-types", wrong);
    await create("create-with-invalid-types-and-ip-address-type", wrong);
    await create("create-with-multiple-errors-1", wrong, { description: "" });
    await create("create-with-multiple-errors-2", { types: ["EDGE", "REGIONAL"] }, { description: "" });
    await create("create-with-two-types", { types: ["EDGE", "REGIONAL"] });
    await create("create-with-endpoint-config-dualstack", { types: ["EDGE"], ipAddressType: "dualstack" });
    await create("create-with-endpoint-config-regional", { types: ["REGIONAL"] }, { name: "regional" });
  },
  async [`${R}create_rest_api_private_type`](s) {
    const create = (label: string, ipAddressType: string, more: Input = {}) =>
      s.is(label, "CreateRestApi", { name, endpointConfiguration: { types: ["PRIVATE"], ipAddressType }, ...more });
    await create("create-with-private-type-and-ipv4-ip-address-type", "ipv4");
    await create("create-with-private-type-and-wrong-ip-address-type", "wrong");
    const empty = "create-with-private-type-and-ipv4-ip-address-type-and-empty-description";
    await create(empty, "ipv4", { description: "" });
  },
  async [`${R}create_rest_api_verify_defaults`](s) {
    const create = (label: string, own: string, endpointConfiguration: Input) =>
      s.is(label, "CreateRestApi", { name: own, endpointConfiguration });
    await create("create-with-edge-default", "edge", { types: ["EDGE"] });
    await create("create-with-regional-default", "regional", { types: ["REGIONAL"] });
    await create("create-with-private-default", "private", { types: ["PRIVATE"] });
    await create("create-with-empty-default", "empty", {});
    const empty = { types: ["wrong"], ipAddressType: "ipv4" };
    await create("create-with-empty-ip-address-type-and-wrong-type", name, empty);
  },
  async [`${R}update_rest_api_ip_address_type`](s) {
    const made = await s.do("CreateRestApi", { name, endpointConfiguration: { types: ["REGIONAL"] } });
    const { is } = api(s, made);
    const [type, address] = ["/endpointConfiguration/types/REGIONAL", "/endpointConfiguration/ipAddressType"];
    const update = (label: string, patchOperations: object[]) => is(label, "UpdateRestApi", { patchOperations });
    await update("update-rest-api-replace-type", [...replace(address, "dualstack"), ...replace(type, "PRIVATE")]);
    await update("update-rest-api-replace-to-ipv4-within-private-type", replace(address, "ipv4"));
    await update("update-rest-api-wrong-ipAddressType", replace(address, "wrong"));
    await update("update-rest-api-wrong-type", replace("/endpointConfiguration/types/PRIVATE", "wrong"));
    await update("update-rest-api-invalid-operation-on-ipAddressType", add(address, "dualstack"));
    const copy = [{ op: "copy", path: "/endpointConfiguration/types/PRIVATE", value: "REGIONAL" }];
    await update("update-rest-api-invalid-operation-on-type", copy);
    await update("update-rest-api-replace-ip-address-type", replace(address, "dualstack"));
  },
  async [`${R}update_rest_api_concatenation_of_errors`](s) {
    const { is } = await apiOf(s);
    const wrong = { op: "wrong", path: "/endpointConfiguration/ipAddressType", value: "dualstack" };
    const type = { op: "wrong", path: "/endpointConfiguration/types/EDGE", value: "REGIONAL" };
    const update = (label: string, patchOperations: object[]) => is(label, "UpdateRestApi", { patchOperations });
    await update("update-rest-api-wrong-operations-on-ipAddressType", [wrong, wrong]);
    await update("update-rest-api-wrong-operations-on-type", [type, type]);
    const all = "update-rest-api-wrong-operations-on-type-and-on-ip-address-type";
    await update(all, [wrong, type, wrong]);
  },
});
