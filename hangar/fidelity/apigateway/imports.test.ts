// OpenAPI documents in and out, as they were recorded from AWS (see ../NOTICE). The documents are our own.

import { expect } from "vitest";
import type { Answer, Input, Session } from "../session.ts";
import { endpoint } from "./endpoint.ts";
import * as documents from "./documents.ts";
import { circular, withEvent } from "./more-documents.ts";
import { invoke } from "./mock.ts";
import { api, apiOf, recorded, type Api } from "./session.ts";

const I = "TestApiGatewayImportRestApi::test_";
const arn = "arn:aws:lambda:us-east-1:000000000000:function:authorizes";
const invocations = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
const bytes = (document: unknown) => Buffer.from(JSON.stringify(document));

type Resource = {
  readonly id: string;
  readonly path: string;
  readonly resourceMethods?: Readonly<Record<string, object>>;
};

async function imported(s: Session, document: unknown, label?: string, parameters: Input = {}): Promise<Api> {
  const input = { body: bytes(document), failOnWarnings: true, parameters };
  return api(s, label === undefined ? await s.do("ImportRestApi", input) : await s.is(label, "ImportRestApi", input));
}

/** The resources by their paths, and all that is below them. */
async function resources(s: Session, { id: restApiId }: Api, label: string, prefix = ""): Promise<void> {
  const { items, ...rest } = await s.do("GetResources", { restApiId });
  const found = (items as readonly Resource[]).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  s.matches(label, { items: found, ...rest });
  for (const { id: resourceId, path, resourceMethods = {} } of found)
    for (const httpMethod of Object.keys(resourceMethods)) {
      const name = `${path === "/" ? "root" : path.slice(1)}-${httpMethod.toLowerCase()}`;
      const method = { restApiId, resourceId, httpMethod };
      const status = { ...method, statusCode: "200" };
      await s.is(`${prefix}method-${name}`, "GetMethod", method);
      await s.is(`${prefix}method-response-${name}`, "GetMethodResponse", status);
      await s.is(`${prefix}integration-${name}`, "GetIntegration", method);
      await s.is(`${prefix}integration-response-${name}`, "GetIntegrationResponse", status);
    }
}

async function models(s: Session, { id: restApiId }: Api): Promise<void> {
  const { items, ...rest } = await s.do("GetModels", { restApiId });
  const found = (items as readonly { readonly name: string }[]).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  s.matches("get-models", { items: found, ...rest });
}

async function validated(s: Session, document: unknown): Promise<void> {
  const own = await imported(s, document, "import_tf_rest_api");
  await models(s, own);
  await resources(s, own, "resources");
}

async function swaggerBasePath(s: Session, basepath: string): Promise<void> {
  const own = await apiOf(s);
  const body = bytes(documents.withBasePath(invocations));
  const put = { mode: "overwrite", body, parameters: { basepath } };
  await own.is("put-rest-api-swagger-json", "PutRestApi", put);
  await resources(s, own, "get-resources-swagger-json");
  await resources(s, await imported(s, documents.pets, undefined, { basepath }), "get-resources-no-base-path-swagger");
}

async function basePath(s: Session, basepath: string, paths: readonly [string, string]): Promise<void> {
  const own = await apiOf(s);
  for (const [at, of] of (["variable", "url"] as const).entries()) {
    const name = of === "variable" ? "var" : "url";
    const put = { mode: "overwrite", body: bytes(documents.withServer(of)), parameters: { basepath } };
    await own.is(`put-rest-api-oas30-srv-${name}`, "PutRestApi", put);
    await resources(s, own, `get-resources-oas30-srv-${name}`, `srv-${name}-`);
    await own.do("CreateDeployment", { stageName: "dev" });
    expect((await invoke(s, own.id, `GET /dev${paths[at]}`)).status).toBe(200);
  }
}

async function mediaTypes(s: Session, mode: string): Promise<void> {
  const created = await s.is("create-rest-api", "CreateRestApi", { name: "media", binaryMediaTypes: ["image/heif"] });
  const own = api(s, created);
  await own.is("get-rest-api", "GetRestApi");
  const body = bytes({ ...documents.pets, "x-amazon-apigateway-binary-media-types": ["image/png", "image/jpg"] });
  await own.is("put-api", "PutRestApi", { mode, body });
}

const origin = endpoint(({ method, url, headers, body }) => {
  const shown = { args: Object.fromEntries(url.searchParams), data: body, domain: headers["Host"], method };
  return { body: JSON.stringify({ ...shown, origin: "127.0.0.1", path: url.pathname }) };
});

const bad = { yaml: "- a\n  b: :", json: '{"swagger": ' };
const person = (name: string, more: object = {}) => ({ name, b: 2, ...more });

recorded(import.meta.url, "apigateway-import", {
  async [`${I}import_rest_api`](s) {
    const media = { "x-amazon-apigateway-binary-media-types": ["*/*"] };
    const document = { openapi: "3.0.1", info: { title: "pulumi", version: "1.0" }, paths: {}, ...media };
    await imported(s, document, "import_rest_api");
  },
  [`${I}import_and_validate_rest_api[openapi.spec.tf.json]`]: (s) => validated(s, documents.withKey),
  [`${I}import_and_validate_rest_api[swagger-mock-cors.json]`]: (s) => validated(s, documents.shop),
  [`${I}import_rest_apis_with_base_path_swagger[ignore]`]: (s) => swaggerBasePath(s, "ignore"),
  [`${I}import_rest_apis_with_base_path_swagger[prepend]`]: (s) => swaggerBasePath(s, "prepend"),
  [`${I}import_rest_apis_with_base_path_swagger[split]`]: (s) => swaggerBasePath(s, "split"),
  [`${I}import_rest_api_with_base_path_oas30[ignore]`]: (s) => basePath(s, "ignore", ["/test", "/test"]),
  [`${I}import_rest_api_with_base_path_oas30[prepend]`]: (s) =>
    basePath(s, "prepend", ["/base-var/test", "/base-url/part/test"]),
  [`${I}import_rest_api_with_base_path_oas30[split]`]: (s) => basePath(s, "split", ["/test", "/part/test"]),
  async [`${I}import_with_global_api_key_authorizer`](s) {
    const own = await imported(s, documents.guarded(invocations), "import-swagger");
    await own.is("get-authorizers", "GetAuthorizers");
    await resources(s, own, "resources");
  },
  async [`${I}import_with_circular_models`](s) {
    const own = await imported(s, circular(), "import-api");
    await models(s, own);
    await resources(s, own, "resources");
  },
  async [`${I}import_with_circular_models_and_request_validation`](s) {
    const own = await imported(s, circular("basic"), "import-api");
    await models(s, own);
    await own.is("request-validators", "GetRequestValidators");
    await resources(s, own, "resources");
    await own.do("CreateDeployment", { stageName: "dev" });
    const post = async (value: object) => {
      const headers = { "Content-Type": "application/json" };
      const { status, body } = await invoke(s, own.id, "POST /dev/person", { headers, body: JSON.stringify(value) });
      return status === 200 ? status : [status, JSON.parse(body)];
    };
    const refused = [400, { message: "Invalid request body" }];
    const house = (contains: object) => ({ house: { randomProperty: "this is random", contains: [contains] } });
    expect(await post(person("Person1", house(person("Person2"))))).toBe(200);
    expect(await post({ random: "blabla" })).toEqual(refused);
    expect(await post(person("Person1", house({ randomObject: "no person" })))).toEqual(refused);
  },
  async [`${I}import_with_http_method_integration`](s) {
    await resources(s, await imported(s, withEvent(invocations)), "resources");
  },
  async [`${I}import_with_integer_http_status_code`](s) {
    await resources(s, await imported(s, documents.numberedStatus), "resources");
  },
  async [`${I}import_with_cognito_auth_identity_source`](s) {
    const pool = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_ABC123";
    const own = await imported(s, documents.withScopes(pool), "import-swagger");
    const { items } = await own.do("GetAuthorizers");
    const named = items as readonly { readonly name: string }[];
    s.matches(
      "get-authorizers",
      named.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    );
    await resources(s, own, "resources");
  },
  async [`${I}import_with_stage_variables`](s) {
    const uri = "http://${stageVariables.TestHost}/${stageVariables.testPath}?${stageVariables.querystring}";
    const integration = { type: "HTTP_PROXY", httpMethod: "POST", uri, payloadFormatVersion: "1.0" };
    const get = { "x-amazon-apigateway-integration": integration, responses: { "200": { description: "OK" } } };
    const document = { openapi: "3.0.1", info: { title: "example", version: "1.0" }, paths: { "/path1": { get } } };
    const own = await imported(s, document);
    const { id: deploymentId } = await own.do("CreateDeployment");
    const variables = {
      TestHost: origin().slice("http://".length),
      testPath: "test-path",
      querystring: "qs_key=qs_value",
    };
    await own.do("CreateStage", { stageName: "v1", deploymentId, variables });
    s.matches("get-resp-from-http", JSON.parse((await invoke(s, own.id, "GET /v1/path1")).body));
    await own.do("CreateStage", { stageName: "v2", deploymentId });
    const { body, headers } = await invoke(s, own.id, "GET /v2/path1");
    s.matches("get-error-resp-from-http", { body, errorType: headers["x-amzn-ErrorType"] });
  },
  [`${I}put_rest_api_mode_binary_media_types[merge]`]: (s) => mediaTypes(s, "merge"),
  [`${I}put_rest_api_mode_binary_media_types[overwrite]`]: (s) => mediaTypes(s, "overwrite"),
  async [`${I}import_api_bad_file`](s) {
    const own = await apiOf(s);
    for (const [kind, text] of Object.entries(bad)) {
      await s.is(`import-api-bad-${kind}-file`, "ImportRestApi", { body: Buffer.from(text) });
      await own.is(`put-rest-api-bad-${kind}-file`, "PutRestApi", { mode: "overwrite", body: Buffer.from(text) });
    }
  },
});

const media = { "x-amazon-apigateway-binary-media-types": ["image/png", "image/jpg"] };
const addresses = ["host", "basePath", "schemes", "servers"];

/** What leads to the API is compared but for its address, which is of this endpoint. */
async function exported(s: Session, exportType: string): Promise<void> {
  const own = await imported(s, { ...documents.pets, ...media }, "import-api");
  await own.do("CreateDeployment", { stageName: "local" });
  const get = async (label: string, parameters: Input) => {
    const answer = await own.do("GetExport", { stageName: "local", exportType, parameters });
    const body = JSON.parse(Buffer.from(answer["body"] as Uint8Array).toString()) as Answer;
    s.matches(label, withoutAddress({ ...answer, body }), (recording) => withoutAddress(recording as Answer));
  };
  await get("get-export", {});
  await get("get-export-with-extensions", { extensions: "apigateway" });
}

function withoutAddress(answer: Answer): object {
  const body = Object.entries(answer["body"] as object).filter(([name]) => !addresses.includes(name));
  return { ...answer, body: Object.fromEntries(body) };
}

recorded(import.meta.url, "apigateway-extended", {
  "test_export_swagger_openapi[TEST_IMPORT_PETS]": (s) => exported(s, "swagger"),
  "test_export_oas30_openapi[TEST_IMPORT_PETS]": (s) => exported(s, "oas30"),
});
