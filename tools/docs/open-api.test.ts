// The OpenAPI file is of today, has every route, and each route answers what it says there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { openCloud } from "../../hangar/index.ts";
import { routes } from "../../hangar/gateway/control/routes.ts";
import { root } from "../architecture/house.ts";
import { makeAssembly } from "./sample-assembly.ts";
import { API_FILE, apiFile, openApi, ROUTES_PAGE, withRoutes } from "./open-api.ts";

type Content = { readonly content: { readonly "application/json": { readonly schema: object } } };
type Operation = { readonly requestBody?: Content; readonly responses: Readonly<Record<string, Content>> };
type Api = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const text = readFileSync(join(root, API_FILE), "utf8");
const api = parse(text) as Api;
const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  schemas: [{ $id: "api", ...api }],
  strictSchema: false,
});

let opened: Awaited<ReturnType<typeof openCloud>>;
let assembly: string;
beforeAll(async () => {
  assembly = makeAssembly();
  opened = await openCloud({});
  opened.cloud.end = () => undefined;
  await call("POST", "/_hangar/call", { service: "sqs", operation: "CreateQueue", input: { QueueName: "jobs" } });
});
afterAll(() => opened.close());

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; answer: unknown }> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${opened.cloud.origin}${path}`, { method, ...sent });
  return { status: response.status, answer: await response.json() };
}

test("the file is what `npm run docs` writes, and YAML that says the same", () => {
  expect(text).toBe(apiFile());
  expect(api).toEqual(openApi());
  const page = readFileSync(join(root, ROUTES_PAGE), "utf8");
  expect(page).toBe(withRoutes(page));
});

/** What each route is asked, in this order; a function is asked when its turn comes. */
const asked: Readonly<Record<string, () => { readonly path?: string; readonly body?: unknown }>> = {
  "POST /_hangar/forks": () => ({ body: { name: "shown", title: "a test" } }),
  "GET /_hangar/forks/{name}": () => ({ path: "/_hangar/forks/shown" }),
  "POST /_hangar/clock": () => ({ body: { advance: "1 minute" } }),
  "POST /_hangar/faults": () => ({ body: { action: "sqs:SendMessage", error: "InternalFailure" } }),
  "POST /_hangar/call": () => ({ body: { service: "sqs", operation: "ListQueues" } }),
  "POST /_hangar/deploy": () => ({ body: { assembly } }),
  "POST /_hangar/diff": () => ({ body: { assembly } }),
  "GET /_hangar/stacks": () => ({}),
  "POST /_hangar/snapshot": () => ({ body: { directory: join(assembly, "snapshot") } }),
  "POST /_hangar/restore": () => ({ body: { directory: join(assembly, "snapshot") } }),
  "POST /_hangar/destroy": () => ({ body: { stackName: "App" } }),
  "POST /_localstack/health": () => ({ body: { action: "kill" } }),
  "GET /_localstack/init/{stage}": () => ({ path: "/_localstack/init/ready" }),
  "DELETE /_hangar/forks/{name}": () => ({ path: "/_hangar/forks/shown" }),
};

const names = routes.map(({ method, path }) => `${method} ${path}`);
const order = [...Object.keys(asked), ...names.filter((name) => asked[name] === undefined)];

test("every route is in the file once, and nothing else is", () => {
  const listed = Object.entries(api.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed.toSorted()).toEqual(names.toSorted());
  expect(order.toSorted()).toEqual(names.toSorted());
});

test.each(order)("%s answers what it says", async (name) => {
  const [method = "", path = ""] = name.split(" ");
  const operation = api.paths[path]?.[method.toLowerCase()];
  const { path: at = path, body } = asked[name]?.() ?? {};
  const { status, answer } = await call(method, at, body);
  expect(status, JSON.stringify(answer)).toBe(200);
  expect(problems(operation?.responses["200"], answer)).toBe("");
  if (operation?.requestBody === undefined) return;
  expect(problems(operation.requestBody, body ?? {})).toBe("");
  const takesOnly = (operation.requestBody.content["application/json"].schema as { additionalProperties?: boolean })
    .additionalProperties;
  if (takesOnly !== false) return;
  // What the schema refuses the route refuses, as the file says.
  const wrong = { ...(body as object), unheardOf: 1 };
  expect(problems(operation.requestBody, wrong)).not.toBe("");
  const refused = await call(method, at, wrong);
  expect([refused.status, problems(operation.responses["400"], refused.answer)]).toEqual([400, ""]);
});

function problems(place: Content | undefined, value: unknown): string {
  if (place === undefined) return "not in the file";
  const { schema } = place.content["application/json"];
  const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as object;
  return ajv.validate(local, value) ? "" : ajv.errorsText();
}
