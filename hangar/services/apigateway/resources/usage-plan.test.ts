// Usage plans, API keys, deployments with stages of their own, and domain names, deployed by CloudFormation.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "usage-plan-stack" });
  at = stacksOf(cloud, { team: "a" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const served: Resources = {
  Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "served" } },
  Get: {
    Type: "AWS::ApiGateway::Method",
    Properties: {
      RestApiId: ref("Api"),
      ResourceId: attribute("Api", "RootResourceId"),
      HttpMethod: "GET",
      AuthorizationType: "NONE",
      Integration: { Type: "MOCK" },
    },
  },
};
const deployment = (Properties: object = {}) => ({
  Type: "AWS::ApiGateway::Deployment",
  Properties: { RestApiId: ref("Api"), ...Properties },
  DependsOn: "Get",
});

test("a usage plan and its key are deployed, changed and deleted", async () => {
  const planned = (plan: object, key: object): Resources => ({
    ...served,
    Deployment: deployment({ StageName: "dev" }),
    Plan: { Type: "AWS::ApiGateway::UsagePlan", Properties: plan, DependsOn: "Deployment" },
    Key: { Type: "AWS::ApiGateway::ApiKey", Properties: key, DependsOn: "Deployment" },
    PlanKey: {
      Type: "AWS::ApiGateway::UsagePlanKey",
      Properties: { KeyId: ref("Key"), KeyType: "API_KEY", UsagePlanId: ref("Plan") },
    },
  });
  const outputs = {
    Api: ref("Api"),
    Plan: ref("Plan"),
    PlanId: attribute("Plan", "Id"),
    Key: ref("Key"),
    KeyId: attribute("Key", "APIKeyId"),
    PlanKey: ref("PlanKey"),
  };
  const stage = { ApiId: ref("Api"), Stage: "dev" };
  const made = await at.deploy(
    "plans",
    planned(
      {
        UsagePlanName: "gold",
        Description: "d",
        Quota: { Limit: 5000, Period: "MONTH" },
        Throttle: { BurstLimit: 1, RateLimit: 2 },
        ApiStages: [{ ...stage, Throttle: { "/pets/GET": { BurstLimit: 3, RateLimit: 4 } } }],
        Tags: [{ Key: "test", Value: "value1" }],
      },
      {
        Name: "key",
        Description: "k",
        Enabled: true,
        Value: "abcdefghijklmnopqrstuvwxyz",
        CustomerId: "c",
        StageKeys: [{ RestApiId: ref("Api"), StageName: "dev" }],
      },
    ),
    outputs,
  );
  const { Api: restApiId = "", Plan: usagePlanId = "", Key: apiKey = "" } = made;
  expect([made["PlanId"], made["KeyId"], made["PlanKey"]]).toEqual([usagePlanId, apiKey, `${apiKey}:${usagePlanId}`]);
  expect(await api.getUsagePlan({ usagePlanId })).toMatchObject({
    name: "gold",
    description: "d",
    quota: { limit: 5000, offset: 0, period: "MONTH" },
    throttle: { burstLimit: 1, rateLimit: 2 },
    apiStages: [{ apiId: restApiId, stage: "dev", throttle: { "/pets/GET": { burstLimit: 3, rateLimit: 4 } } }],
    tags: { test: "value1", team: "a", "aws:cloudformation:stack-name": "plans" },
  });
  expect(await api.getApiKey({ apiKey, includeValue: true })).toMatchObject({
    name: "key",
    description: "k",
    enabled: true,
    value: "abcdefghijklmnopqrstuvwxyz",
    customerId: "c",
    stageKeys: [`${restApiId}/dev`],
  });
  expect((await api.getUsagePlanKeys({ usagePlanId })).items?.map((each) => each.id)).toEqual([apiKey]);

  const changed = await at.deploy(
    "plans",
    planned(
      { UsagePlanName: "silver", Quota: { Limit: 7000, Offset: 1, Period: "WEEK" }, ApiStages: [stage] },
      { Name: "key", Value: "abcdefghijklmnopqrstuvwxyz", Enabled: false },
    ),
    outputs,
  );
  expect(changed).toEqual(made);
  const plan = await api.getUsagePlan({ usagePlanId });
  expect([plan.name, plan.description, plan.throttle]).toEqual(["silver", undefined, undefined]);
  expect([plan.quota, plan.apiStages]).toEqual([
    { limit: 7000, offset: 1, period: "WEEK" },
    [{ apiId: restApiId, stage: "dev" }],
  ]);
  expect(Object.keys(plan.tags ?? {})).not.toContain("test");
  const key = await api.getApiKey({ apiKey });
  expect([key.enabled, key.stageKeys]).toEqual([false, []]);
  const named = await at.deploy("plans", planned({ ApiStages: [stage] }, { Name: "another", Enabled: true }), outputs);
  expect(named["Key"]).not.toBe(apiKey);
  await expect(api.getApiKey({ apiKey })).rejects.toMatchObject({ name: "NotFoundException" });
  await at.destroy("plans");
  await expect(api.getUsagePlan({ usagePlanId })).rejects.toMatchObject({ name: "NotFoundException" });
});

test("a deployment makes, describes, moves and leaves its stage", async () => {
  const outputs = { Api: ref("Api") };
  const described = (StageName: string, StageDescription?: object): Resources => ({
    ...served,
    Deployment: deployment({ StageName, ...(StageDescription === undefined ? {} : { StageDescription }) }),
  });
  const { Api: restApiId = "" } = await at.deploy(
    "deployment",
    described("one", {
      Description: "the first",
      Variables: { a: "1" },
      ThrottlingRateLimit: 5,
      MethodSettings: [{ HttpMethod: "GET", ResourcePath: "/", ThrottlingBurstLimit: 6 }],
      Tags: [{ Key: "t", Value: "1" }],
    }),
    outputs,
  );
  expect(await api.getStage({ restApiId, stageName: "one" })).toMatchObject({
    description: "the first",
    variables: { a: "1" },
    methodSettings: { "*/*": { throttlingRateLimit: 5 }, "~1/GET": { throttlingBurstLimit: 6 } },
    tags: { t: "1" },
  });
  await at.deploy("deployment", described("one", { Variables: { b: "2" } }), outputs);
  const changed = await api.getStage({ restApiId, stageName: "one" });
  expect([changed.description, changed.variables, changed.methodSettings, changed.tags]).toEqual([
    undefined,
    { b: "2" },
    {},
    {},
  ]);
  await at.deploy("deployment", described("two"), outputs);
  expect((await api.getStages({ restApiId })).item?.map((stage) => stage.stageName)).toEqual(["two"]);
  await at.deploy("deployment", { ...served, Next: deployment({ StageName: "two" }) }, outputs);
  const [stage] = (await api.getStages({ restApiId })).item ?? [];
  const { items = [] } = await api.getDeployments({ restApiId });
  expect([stage?.stageName, items.map((each) => each.id)]).toEqual(["two", [stage?.deploymentId]]);
  await at.destroy("deployment");
});

test("a domain name and its mapping are deployed, changed and deleted", async () => {
  const named = (domain: object, mapping: object): Resources => ({
    ...served,
    Deployment: deployment({ StageName: "dev" }),
    Domain: {
      Type: "AWS::ApiGateway::DomainName",
      Properties: {
        DomainName: "api.example.com",
        EndpointConfiguration: { Types: ["REGIONAL"] },
        RegionalCertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/a",
        ...domain,
      },
    },
    Mapping: {
      Type: "AWS::ApiGateway::BasePathMapping",
      Properties: { DomainName: ref("Domain"), RestApiId: ref("Api"), Id: "own", ...mapping },
      DependsOn: "Deployment",
    },
  });
  const outputs = {
    Api: ref("Api"),
    Domain: ref("Domain"),
    Arn: attribute("Domain", "DomainNameArn"),
    Name: attribute("Domain", "RegionalDomainName"),
    Zone: attribute("Domain", "RegionalHostedZoneId"),
  };
  const made = await at.deploy(
    "domain",
    named({ SecurityPolicy: "TLS_1_2", Tags: [{ Key: "t", Value: "1" }] }, {}),
    outputs,
  );
  const domainName = "api.example.com";
  const domain = await api.getDomainName({ domainName });
  expect(made).toMatchObject({
    Domain: domainName,
    Arn: domain.domainNameArn,
    Name: domain.regionalDomainName,
    Zone: "Z1UJRXOUMOOFQ8",
  });
  expect(domain.tags).toMatchObject({ t: "1", team: "a" });
  const mapping = async (basePath = "(none)") => {
    const { restApiId, stage } = await api.getBasePathMapping({ domainName, basePath });
    return [restApiId, stage];
  };
  expect(await mapping()).toEqual([made["Api"], undefined]);
  await at.deploy("domain", named({ SecurityPolicy: "TLS_1_0" }, { Stage: "dev" }), outputs);
  expect((await api.getDomainName({ domainName })).securityPolicy).toBe("TLS_1_0");
  expect(await mapping()).toEqual([made["Api"], "dev"]);
  await at.deploy("domain", named({}, { Stage: "dev", BasePath: "v1" }), outputs);
  expect(await mapping("v1")).toEqual([made["Api"], "dev"]);
  const { ResourceDescription } = await new CloudControlClient(cloud.clientConfig()).send(
    new GetResourceCommand({ TypeName: "AWS::ApiGateway::BasePathMapping", Identifier: `${domainName}|v1` }),
  );
  expect(JSON.parse(ResourceDescription?.Properties ?? "")).toEqual({
    DomainName: domainName,
    BasePath: "v1",
    RestApiId: made["Api"],
    Stage: "dev",
  });
  await expect(mapping()).rejects.toMatchObject({ name: "NotFoundException" });
  await at.destroy("domain");
  await expect(api.getDomainName({ domainName })).rejects.toMatchObject({ name: "NotFoundException" });
});
