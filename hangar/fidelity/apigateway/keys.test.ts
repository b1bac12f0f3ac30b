// API keys and usage plans, as they were recorded from AWS (see ../NOTICE).

import type { Input, Session } from "../session.ts";
import { invoke, mockAt, mockOf } from "./mock.ts";
import { add, apiOf, recorded, remove, replace, type Patch } from "./session.ts";

const K = "TestApigatewayApiKeysCrud::test_";
const U = "TestUsagePlans::test_";
const [first, second] = ["test-key-4f2a", "test-key-9b7c"];

/** Keys are listed by their age, which those of one millisecond have in common. */
async function newer(s: Session): Promise<void> {
  await s.cloud.clock.advance("1 second");
}

recorded(import.meta.url, "apigateway-extended", {
  async [`${K}get_api_keys`](s) {
    const get = (label: string, input: Input = {}) => s.is(label, "GetApiKeys", input);
    await get("get-api-keys");
    await s.is("create-api-key", "CreateApiKey", { name: first });
    await get("get-api-keys-after-create-1");
    await get("get-api-keys-wrong-name-query", { nameQuery: second });
    await get("get-api-keys-prefix-name-query", { nameQuery: "test-key" });
    await get("get-api-keys-prefix-name-query-cased", { nameQuery: "TEST-KEY" });
    await get("get-api-keys-postfix-name-query", { nameQuery: first.slice(2) });
    await get("get-api-keys-infix-name-query", { nameQuery: "st-key" });
    await newer(s);
    await s.is("create-api-key-2", "CreateApiKey", { name: second });
    await get("get-api-keys-after-create-2");
    await get("get-api-keys-name-query", { nameQuery: second });
    await get("get-api-keys-prefix-name-query-2", { nameQuery: "test-key" });
    const { position } = await get("get-apis-keys-pagination", { limit: 1 });
    await get("get-apis-keys-pagination-2", { limit: 1, position });
  },
  async [`${K}get_usage_plan_api_keys`](s) {
    await s.is("get-api-keys", "GetApiKeys");
    const one = await s.is("create-api-key", "CreateApiKey", { name: first });
    await newer(s);
    const other = await s.is("create-api-key-2", "CreateApiKey", { name: second });
    await s.is("get-api-keys-after-create-1", "GetApiKeys");
    const { id: usagePlanId } = await s.is("create-usage-plan", "CreateUsagePlan", { name: "plan" });
    const get = (label: string, input: Input = {}) => s.is(label, "GetUsagePlanKeys", { usagePlanId, ...input });
    await get("get-up-keys-before-create");
    const key = { usagePlanId, keyType: "API_KEY" };
    await s.is("create-up-key", "CreateUsagePlanKey", { ...key, keyId: one["id"] });
    await s.is("create-up-key-2", "CreateUsagePlanKey", { ...key, keyId: other["id"] });
    await get("get-up-keys");
    await get("get-up-keys-name-query", { nameQuery: "test-key" });
    await get("get-up-keys-name-query-cased", { nameQuery: "TEST-key" });
    await get("get-up-keys-name-query-key-name", { nameQuery: first });
    await get("get-up-keys-bad-query", { nameQuery: "nothing" });
    await s.do("DeleteApiKey", { apiKey: one["id"] });
    await s.do("DeleteApiKey", { apiKey: other["id"] });
    await get("get-up-keys-after-delete");
    await get("get-up-keys-bad-usage-plan", { usagePlanId: "bad-id" });
  },
  async [`${K}negative_get_usage_plan_api_keys`](s) {
    await s.is("get-api-keys-invalid-limit", "GetApiKeys", { limit: -1 });
    const { id: apiKey } = await s.is("create-api-key", "CreateApiKey", { name: first, enabled: false });
    const patchOperations = replace("/name", "new-name");
    await s.is("update-api-key-name", "UpdateApiKey", { apiKey, patchOperations });
  },
  async [`${K}create_api_key_with_invalid_name`](s) {
    await s.is("create-api-key-name-too-long", "CreateApiKey", { name: "a".repeat(1025) });
    await s.is("create-api-key-empty-name", "CreateApiKey", { name: "" });
    await s.is("create-api-key-no-name", "CreateApiKey");
  },
  async [`${K}create_api_key_with_invalid_value`](s) {
    await s.is("create-api-key-short-value", "CreateApiKey", { value: "short" });
    await s.is("create-api-key-invalid-value-too-long", "CreateApiKey", { value: "a".repeat(129) });
    await s.is("create-api-key-empty-value", "CreateApiKey", { value: "" });
  },
  async [`${K}update_api_key_invalid_description_length`](s) {
    const description = "a".repeat(125_001);
    await s.is("create-api-key-description-too-long", "CreateApiKey", { description });
    const { id: apiKey } = await s.do("CreateApiKey", { description: "short" });
    const patchOperations = replace("/description", description);
    await s.is("update-api-key-description-too-long", "UpdateApiKey", { apiKey, patchOperations });
  },
  async [`${K}update_api_key_invalid_enabled_type`](s) {
    const { id: apiKey } = await s.do("CreateApiKey");
    const patchOperations = replace("/enabled", "not-a-boolean");
    await s.is("update-api-key-invalid-enabled-type", "UpdateApiKey", { apiKey, patchOperations });
  },
  async [`${K}update_api_key_immutable_field`](s) {
    const { id: apiKey } = await s.do("CreateApiKey");
    const patchOperations = replace("/id", "new-id");
    await s.is("update-api-key-immutable-field", "UpdateApiKey", { apiKey, patchOperations });
  },
  async [`${K}create_usage_plan_with_throttle`](s) {
    const throttle = { burstLimit: 20, rateLimit: 10 };
    await s.is("create-usage-plan-burst-gt-rate", "CreateUsagePlan", { name: "plan", throttle });
  },
});

recorded(import.meta.url, "apigateway-common", {
  async [`${U}api_key_required_for_methods`](s) {
    const api = await apiOf(s, { apiKeySource: "HEADER" });
    const { id: resourceId } = await api.do("CreateResource", { parentId: api.root, pathPart: "test" });
    await mockAt(api, { resourceId, apiKeyRequired: true }, undefined);
    await api.do("CreateDeployment", { stageName: "dev" });
    const plan = await s.is("create-usage-plan", "CreateUsagePlan", {
      name: "plan",
      description: "Test Usage Plan for API key",
      quota: { limit: 10, period: "DAY", offset: 0 },
      throttle: { rateLimit: 2, burstLimit: 1 },
      apiStages: [{ apiId: api.id, stage: "dev" }],
      tags: { tag_key: "tag_value" },
    });
    const key = await s.is("create-api-key", "CreateApiKey", { name: "key", enabled: true });
    const planKey = { usagePlanId: plan["id"], keyId: key["id"], keyType: "API_KEY" };
    await s.is("create-usage-plan-key", "CreateUsagePlanKey", planKey);
    const own = { headers: { "x-api-key": String(key["value"]) } };
    const statusIs = async (call: typeof own | undefined, status: number) => {
      const reply = await invoke(s, api.id, "GET /dev/test", call);
      if (reply.status !== status) throw new Error(`${status} was asserted, ours is ${reply.status}`);
    };
    await statusIs(undefined, 403);
    await statusIs(own, 200);
    const disabled = { apiKey: key["id"], patchOperations: replace("/enabled", "false") };
    await s.is("update-api-key-disabled", "UpdateApiKey", disabled);
    await statusIs(own, 403);
  },
  async [`${U}usage_plan_crud`](s) {
    const api = await mockOf(s, undefined);
    await api.do("CreateDeployment", { stageName: "dev" });
    const apiStages = [{ apiId: api.id, stage: "dev" }];
    const input = { name: "plan", description: "this is my usage plan", apiStages };
    const { id: usagePlanId } = await s.is("create-usage-plan", "CreateUsagePlan", input);
    await s.is("get-usage-plan", "GetUsagePlan", { usagePlanId });
    await s.is("get-usage-plans", "GetUsagePlans");
    const update = (label: string, patchOperations: Patch[], id = usagePlanId) =>
      s.is(label, "UpdateUsagePlan", { usagePlanId: id, patchOperations });
    await update("update-usage-plan", [
      ...replace("/throttle/burstLimit", "100"),
      ...replace("/throttle/rateLimit", "200"),
      ...replace("/quota/limit", "5000"),
      ...replace("/quota/period", "MONTH"),
    ]);
    await update("update-wrong-id", replace("/throttle/burstLimit", "100"), "wrongid");
    const stages = "update-wrong-api-stages";
    await update(`${stages}-no-value`, remove("/apiStages"));
    await update(`${stages}-wrong-api`, add("/apiStages", `${api.id}b:dev`));
    await update(`${stages}-wrong-stage`, add("/apiStages", `${api.id}:fakestagename`));
    await update(`${stages}-wrong-value`, add("/apiStages", `${api.id}-dev`));
    await s.is("get-usage-plan-after-update", "GetUsagePlan", { usagePlanId });
    await s.is("get-usage-plans-after-update", "GetUsagePlans");
  },
});
