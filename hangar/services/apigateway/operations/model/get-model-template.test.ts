// What API Gateway writes of a model, and of the kinds of SDKs it knows.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "model-template" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a template answers an example of what the model describes", async () => {
  const { id: restApiId = "" } = await api.createRestApi({ name: "pets" });
  const model = (name: string, schema: object) =>
    api.createModel({ restApiId, name, contentType: "application/json", schema: JSON.stringify(schema) });
  await model("Price", { type: "number" });
  const $ref = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Price`;
  const properties = { id: { type: "integer" }, name: { type: "string" }, price: { $ref }, sold: { type: "boolean" } };
  await model("Pet", { type: "object", properties });
  const template = async (modelName: string) => (await api.getModelTemplate({ restApiId, modelName })).value;
  expect(await template("Pet")).toBe(
    `#set($inputRoot = $input.path('$'))\n{\n  "id" : 42,\n  "name" : "foo",\n  "price" : 3.14159,\n  "sold" : true\n}`,
  );
  await model("Pets", { type: "array", items: { type: "string" } });
  expect(await template("Pets")).toContain("#foreach($elem in $inputRoot)");
  await expect(template("Cat")).rejects.toMatchObject({ message: "Invalid model name specified: Cat" });
});

test("the kinds of SDKs are known; their code is not written", async () => {
  const { items = [] } = await api.getSdkTypes({});
  expect(items.map(({ id }) => id)).toEqual(["android", "java", "javascript", "objectivec", "ruby", "swift"]);
  expect(await api.getSdkType({ id: "swift" })).toMatchObject({ configurationProperties: [{ name: "classPrefix" }] });
  await expect(api.getSdkType({ id: "cobol" })).rejects.toMatchObject({ name: "NotFoundException" });
  await expect(api.getSdk({ restApiId: "a", stageName: "b", sdkType: "swift" })).rejects.toMatchObject({
    name: "NotEmulated",
  });
});
