// Custom domain names and base path mappings through the SDK client.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;
let restApiId: string;
let root: string;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "domain-name" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

beforeEach(async () => {
  const made = await api.createRestApi({ name: "domain-name" });
  restApiId = made.id ?? "";
  root = made.rootResourceId ?? "";
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const bad = (message: string) => ({ name: "BadRequestException", message });
const missing = (message: string) => ({ name: "NotFoundException", message });
const answer = <Output extends { $metadata: unknown }>({ $metadata: _facts, ...rest }: Output) => rest;

const certificateArn = "arn:aws:acm:us-east-1:000000000000:certificate/a";

async function deployed(): Promise<void> {
  const place = { restApiId, resourceId: root, httpMethod: "GET" };
  await api.putMethod({ ...place, authorizationType: "NONE" });
  await api.putIntegration({ ...place, type: "MOCK" });
  await api.createDeployment({ restApiId, stageName: "dev" });
}

test("an edge domain has a distribution, a regional one a name in its region", async () => {
  const edge = await api.createDomainName({ domainName: "edge.example.com", certificateArn });
  expect([edge.$metadata.httpStatusCode, answer(edge)]).toEqual([
    201,
    {
      domainName: "edge.example.com",
      domainNameArn: "arn:aws:apigateway:us-east-1::/domainnames/edge.example.com",
      certificateArn,
      distributionDomainName: expect.stringMatching(/^d[a-z0-9]+\.cloudfront\.net$/),
      distributionHostedZoneId: "Z2FDTNDATAQYW2",
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4" },
      domainNameStatus: "AVAILABLE",
      securityPolicy: "TLS_1_2",
    },
  ]);
  const regional = await api.createDomainName({
    domainName: "api.example.com",
    regionalCertificateArn: certificateArn,
    endpointConfiguration: { types: ["REGIONAL"] },
    tags: { a: "1" },
  });
  expect(regional.regionalDomainName).toMatch(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
  expect(regional.regionalHostedZoneId).toBe("Z1UJRXOUMOOFQ8");
  const { items = [] } = await api.getDomainNames({});
  expect(items.map((item) => item.domainName)).toEqual(["api.example.com", "edge.example.com"]);
  expect((await api.getDomainNames({ resourceOwner: "OTHER_ACCOUNTS" })).items).toEqual([]);
  await expect(api.createDomainName({ domainName: "api.example.com" })).rejects.toMatchObject({
    name: "ConflictException",
    message: "The domain name you provided already exists.",
  });
  const resourceArn = regional.domainNameArn ?? "";
  await api.tagResource({ resourceArn, tags: { b: "2" } });
  expect((await api.getTags({ resourceArn })).tags).toEqual({ a: "1", b: "2" });
});

test("a domain's policy and certificate change", async () => {
  const domainName = "change.example.com";
  await api.createDomainName({ domainName });
  const update = (path: string, value: string) =>
    api.updateDomainName({ domainName, patchOperations: [{ op: "replace", path, value }] });
  await update("/certificateArn", certificateArn);
  expect((await update("/securityPolicy", "TLS_1_0")).securityPolicy).toBe("TLS_1_0");
  expect((await api.getDomainName({ domainName })).certificateArn).toBe(certificateArn);
  await expect(update("/domainName", "x")).rejects.toMatchObject(bad("Invalid patch path /domainName"));
  expect((await api.deleteDomainName({ domainName })).$metadata.httpStatusCode).toBe(202);
  await expect(api.getDomainName({ domainName })).rejects.toMatchObject(
    missing("Invalid domain name identifier specified"),
  );
});

test("private names and mutual TLS are refused, not ignored", async () => {
  const make = (input: object) => api.createDomainName({ domainName: "no.example.com", ...input });
  await expect(make({ endpointConfiguration: { types: ["PRIVATE"] } })).rejects.toMatchObject({ name: "NotEmulated" });
  await expect(make({ mutualTlsAuthentication: { truststoreUri: "s3://b/k" } })).rejects.toMatchObject({
    name: "NotEmulated",
  });
  await expect(make({ routingMode: "ROUTING_RULE_ONLY" })).rejects.toMatchObject({ name: "NotEmulated" });
  await expect(make({ certificateBody: "x" })).rejects.toMatchObject({ name: "NotEmulated" });
  await expect(make({ domainName: "nodots" })).rejects.toMatchObject({ name: "BadRequestException" });
});

test("paths of a domain are mapped to stages of APIs", async () => {
  await deployed();
  const domainName = "mapped.example.com";
  await api.createDomainName({ domainName });
  const map = (input: object = {}) => api.createBasePathMapping({ domainName, restApiId, stage: "dev", ...input });
  const made = await map();
  expect([made.$metadata.httpStatusCode, answer(made)]).toEqual([201, { basePath: "(none)", restApiId, stage: "dev" }]);
  await expect(map()).rejects.toMatchObject({
    name: "ConflictException",
    message: "Base path already exists for this domain name",
  });
  await expect(map({ restApiId: "nothing" })).rejects.toMatchObject(bad("Invalid REST API identifier specified"));
  const slash =
    "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.";
  await expect(map({ basePath: "v2/pets" })).rejects.toMatchObject(bad(slash));
  await expect(map({ basePath: "v2", stage: "none" })).rejects.toMatchObject(bad("Invalid stage identifier specified"));
  await map({ basePath: "v1" });
  const { items = [] } = await api.getBasePathMappings({ domainName });
  expect(items.map((item) => item.basePath)).toEqual(["(none)", "v1"]);
  await expect(api.deleteRestApi({ restApiId })).rejects.toMatchObject(
    bad("Please remove all base path mappings related to the API from your domain names."),
  );
  const patchOperations = [{ op: "replace" as const, path: "/basePath", value: "v3" }];
  await api.updateBasePathMapping({ domainName, basePath: "v1", patchOperations });
  expect((await api.getBasePathMapping({ domainName, basePath: "v3" })).stage).toBe("dev");
  for (const basePath of ["v3", "(none)"]) await api.deleteBasePathMapping({ domainName, basePath });
  await expect(api.getBasePathMapping({ domainName, basePath: "v3" })).rejects.toMatchObject(
    missing("Invalid base path mapping identifier specified"),
  );
  await api.deleteRestApi({ restApiId });
});
