// Custom domain names and their base paths, APIs of other accounts and regions, and forks.

import {
  APIGatewayClient,
  CreateBasePathMappingCommand,
  CreateDomainNameCommand,
  UpdateRestApiCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addRoutes,
  callApi,
  deploy,
  makeApi,
  makeFunction,
  proxyTo,
  startApiCloud,
  type ApiCloud,
  type RouteSpec,
} from "./test-api.ts";

let at: ApiCloud;
let id: string;

const mock = (text: string): RouteSpec => ({
  integration: { type: "MOCK", requestTemplates: { "application/json": '{"statusCode": 200}' } },
  responses: { "200": { responseTemplates: { "application/json": text } } },
});

beforeAll(async () => {
  at = await startApiCloud("apigateway-domains");
  id = await makeApi(at);
  await addRoutes(at, id, {
    "GET /": mock("root"),
    "GET /pets": mock("$context.domainName $context.path $context.stage"),
  });
  await deploy(at, id);
  await deploy(at, id, "beta");
});

afterAll(() => at.cloud.close());

test("a domain name leads through the longest base path that fits", async () => {
  const { regionalDomainName = "" } = await at.gateway.send(
    new CreateDomainNameCommand({
      domainName: "api.example.com",
      regionalCertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/one",
      endpointConfiguration: { types: ["REGIONAL"] },
    }),
  );
  const map = (basePath: string, stage?: string) =>
    at.gateway.send(
      new CreateBasePathMappingCommand({ domainName: "api.example.com", restApiId: id, basePath, stage }),
    );
  await map("v1", "live");
  await map("any");
  await map("(none)", "beta");
  expect((await callApi(at, "api.example.com", "GET /v1/pets")).text).toBe("api.example.com /v1/pets live");
  expect((await callApi(at, "api.example.com", "GET /v1")).text).toBe("root");
  expect((await callApi(at, "api.example.com", "GET /pets")).text).toBe("api.example.com /pets beta");
  expect((await callApi(at, "api.example.com", "GET /any/live/pets")).text).toBe("api.example.com /any/live/pets live");
  expect((await callApi(at, "other.example.com", "GET /pets")).status).toBe(403);
  const named = await callApi(at, "", "GET /v1/pets", { host: regionalDomainName });
  expect([named.status, named.text]).toEqual([200, `${regionalDomainName} /v1/pets live`]);
});

test("a domain name answers as a host of its own, and below localhost; a wildcard stands for its subdomains", async () => {
  const domain = (domainName: string) =>
    at.gateway.send(
      new CreateDomainNameCommand({
        domainName,
        regionalCertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/two",
        endpointConfiguration: { types: ["REGIONAL"] },
      }),
    );
  for (const domainName of ["shop.example.org", "*.example.org"]) {
    await domain(domainName);
    const stage = domainName === "shop.example.org" ? "live" : "beta";
    await at.gateway.send(new CreateBasePathMappingCommand({ domainName, restApiId: id, stage }));
  }
  const get = async (host: string, route = "GET /pets") => (await callApi(at, "", route, { host })).text;
  expect(await get("shop.example.org")).toBe("shop.example.org /pets live");
  expect(await get(`Shop.example.org.localhost:${at.cloud.port}`)).toBe("shop.example.org /pets live");
  expect(await get("tenant.example.org")).toBe("tenant.example.org /pets beta");
  for (const route of ["GET /_hangar/health", `GET /_aws/execute-api/${id}/live/pets`, "GET /_aws/execute-api/x"])
    expect(await callApi(at, "", route, { host: "shop.example.org" })).toMatchObject({
      status: 403,
      json: { message: "Missing Authentication Token" },
    });
  const foreign = await callApi(at, "", "GET /pets", { host: "a.tenant.example.org" });
  expect([foreign.status, foreign.text]).toEqual([
    403,
    'Hangar does not answer for the host "a.tenant.example.org". Add it to "hosts" if it is yours.\n',
  ]);
});

test("functions are told the whole path of a domain name: its base path, and a stage that the mapping does not name", async () => {
  const api = await makeApi(at);
  const body = "return { statusCode: 200, body: [event.path, event.resource, event.pathParameters.proxy].join(' ') };";
  await addRoutes(at, api, { "GET /{proxy+}": proxyTo(await makeFunction(at, "paths", body)) });
  await deploy(at, api);
  const domainName = "paths.example.com";
  const regionalCertificateArn = "arn:aws:acm:us-east-1:000000000000:certificate/one";
  await at.gateway.send(new CreateDomainNameCommand({ domainName, regionalCertificateArn }));
  const map = (basePath: string, stage?: string) =>
    at.gateway.send(new CreateBasePathMappingCommand({ domainName, restApiId: api, basePath, stage }));
  await map("v1", "live");
  await map("any");
  await map("(none)");
  const told = async (path: string) => (await callApi(at, "", `GET ${path}`, { host: domainName })).text;
  expect(await told("/v1/pets/1")).toBe("/v1/pets/1 /{proxy+} pets/1");
  expect(await told("/any/live/pets")).toBe("/any/live/pets /{proxy+} pets");
  expect(await told("/live/pets")).toBe("/live/pets /{proxy+} pets");
  expect((await callApi(at, api, "GET /live/pets")).text).toBe("/pets /{proxy+} pets");
});

test("an API may leave its own endpoint", async () => {
  const api = await makeApi(at);
  await addRoutes(at, api, { "GET /": mock("root") });
  await deploy(at, api);
  expect((await callApi(at, api, "GET /live")).status).toBe(200);
  const patchOperations = [{ op: "replace" as const, path: "/disableExecuteApiEndpoint", value: "true" }];
  await at.gateway.send(new UpdateRestApiCommand({ restApiId: api, patchOperations }));
  expect(await callApi(at, api, "GET /live")).toMatchObject({ status: 403, json: { message: "Forbidden" } });
});

test("an API answers wherever it lives", async () => {
  const config = { ...at.cloud.clientConfig(), region: "eu-west-1", maxAttempts: 1 };
  const credentials = { accessKeyId: "111122223333", secretAccessKey: "x" };
  const there = { ...at, gateway: new APIGatewayClient({ ...config, credentials }) };
  const api = await makeApi(there);
  await addRoutes(there, api, { "GET /": mock("$context.accountId $context.domainName") });
  await deploy(there, api);
  expect((await callApi(at, api, "GET /live")).text).toBe(`111122223333 ${api}.execute-api.eu-west-1.amazonaws.com`);
  const elsewhere = await callApi(at, "", "GET /live", { host: `${api}.execute-api.us-east-1.amazonaws.com` });
  expect(elsewhere.status).toBe(403);
});
