// API keys from files, through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "key-file" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const file = (text: string, more: { failOnWarnings?: boolean } = {}) =>
  api.importApiKeys({ body: Buffer.from(text), format: "csv", ...more });

test("each line is a key, under the usage plans that it names", async () => {
  const { id: plan = "" } = await api.createUsagePlan({ name: "plan" });
  const { ids = [], warnings } = await file(
    `Name,key,description,Enabled,usageplanIds\r\nfirst,apikey1234abcdefghij0123456789,"An ""imported"" key, of two",TRUE,"${plan}"\nsecond,apikey1234abcdefghij0123456780,,FALSE,\n`,
  );
  expect([ids.length, warnings]).toEqual([2, []]);
  const [apiKey = ""] = ids;
  expect(await api.getApiKey({ apiKey, includeValue: true })).toMatchObject({
    name: "first",
    value: "apikey1234abcdefghij0123456789",
    description: 'An "imported" key, of two',
    enabled: true,
  });
  expect((await api.getUsagePlanKeys({ usagePlanId: plan })).items).toMatchObject([{ id: apiKey }]);
});

test("lines that make no key are warnings, which may stop the whole file", async () => {
  const before = (await api.getApiKeys({ limit: 500 })).items?.length ?? 0;
  const text = `key,name,usageplanIds\ntoo-short,a,\napikey-of-a-plan-that-is-not,b,nothing\napikey1234-as-good-as-any-other,c,\napikey1234-as-good-as-any-other,d,`;
  await expect(file(text, { failOnWarnings: true })).rejects.toMatchObject({ name: "BadRequestException" });
  expect((await api.getApiKeys({ limit: 500 })).items).toHaveLength(before);
  const { ids, warnings } = await file(text);
  expect([ids?.length, warnings]).toEqual([
    1,
    [
      "a: API Key value should be at least 20 characters",
      "b: Invalid Usage Plan ID specified",
      "d: API Key already exists",
    ],
  ]);
  await expect(file("name,colour\na,red")).rejects.toMatchObject({ name: "BadRequestException" });
});
