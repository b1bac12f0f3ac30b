// HTTP APIs from documents and their domain names in templates, and types that are refused.

import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attribute, ref, stacksOf, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: ApiGatewayV2;

beforeAll(async () => {
  cloud = await startCloud({ seed: "http-api-stack" });
  at = stacksOf(cloud, { team: "a" });
  api = new ApiGatewayV2({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a document and a domain name deploy, as SAM and the CDK write them", async () => {
  const Body = {
    openapi: "3.0.1",
    info: { title: "from a document", version: "1" },
    paths: {
      "/pets": {
        get: {
          "x-amazon-apigateway-integration": {
            type: "http_proxy",
            httpMethod: "GET",
            uri: "https://a.example",
            payloadFormatVersion: "1.0",
          },
        },
      },
    },
  };
  const out = await at.deploy(
    "Document",
    {
      Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { Body, Description: "over the document" } },
      Stage: {
        Type: "AWS::ApiGatewayV2::Stage",
        Properties: { ApiId: ref("Api"), StageName: "$default", AutoDeploy: true },
      },
      Domain: {
        Type: "AWS::ApiGatewayV2::DomainName",
        Properties: {
          DomainName: "doc.example.com",
          DomainNameConfigurations: [
            { CertificateArn: "arn:aws:acm:us-east-1:000000000000:certificate/a", EndpointType: "REGIONAL" },
          ],
        },
      },
      Mapping: {
        Type: "AWS::ApiGatewayV2::ApiMapping",
        DependsOn: "Stage",
        Properties: { DomainName: ref("Domain"), ApiId: ref("Api"), Stage: "$default", ApiMappingKey: "v1" },
      },
    },
    {
      Api: ref("Api"),
      Name: attribute("Domain", "RegionalDomainName"),
      Zone: attribute("Domain", "RegionalHostedZoneId"),
      Mapping: ref("Mapping"),
    },
  );
  const { Api: ApiId = "" } = out;
  expect(await api.getApi({ ApiId })).toMatchObject({ Name: "from a document", Description: "over the document" });
  expect((await api.getRoutes({ ApiId })).Items).toMatchObject([{ RouteKey: "GET /pets" }]);
  expect(out["Name"]).toMatch(/^d-[a-z0-9]{10}\.execute-api\./);
  expect((await api.getApiMappings({ DomainName: "doc.example.com" })).Items).toMatchObject([
    { ApiMappingId: out["Mapping"], ApiMappingKey: "v1" },
  ]);
  await at.destroy("Document");
});

test.each([
  ["AWS::ApiGatewayV2::VpcLink", { Name: "link", SubnetIds: [] }],
  ["AWS::ApiGatewayV2::ApiGatewayManagedOverrides", { ApiId: "x" }],
])("%s is refused before anything is created", async (Type, Properties) => {
  expect(await at.failure("Refused", { Thing: { Type, Properties } })).toContain(Type);
});
