// AWS::ApiGateway types that few templates have: documentation, client certificates, VPC links.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ref, stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "apigateway.rare-types" });
  at = stacksOf(cloud, { team: "air" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const RestApiId = ref("Api");
const TargetArns = ["arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/inside/0123456789abcdef"];

const template = (text: string): Resources => ({
  Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "documented" } },
  Part: {
    Type: "AWS::ApiGateway::DocumentationPart",
    Properties: {
      RestApiId,
      Location: { Type: "RESPONSE", Path: "/pets", Method: "GET", StatusCode: "200" },
      Properties: JSON.stringify({ description: text }),
    },
  },
  Version: {
    Type: "AWS::ApiGateway::DocumentationVersion",
    DependsOn: "Part",
    Properties: { RestApiId, DocumentationVersion: "1", Description: text },
  },
  Certificate: { Type: "AWS::ApiGateway::ClientCertificate", Properties: { Description: text } },
  Link: { Type: "AWS::ApiGateway::VpcLink", Properties: { Name: text, TargetArns } },
});

test("they are made, changed in place, read and removed", async () => {
  const { Api: restApiId = "", Part = "", Certificate = "", Link = "" } = await at.deploy("rare", template("one"));
  expect(await at.deploy("rare", template("two"))).toMatchObject({ Part, Certificate, Link });
  const part = await api.getDocumentationPart({ restApiId, documentationPartId: Part });
  expect([part.location, part.properties]).toEqual([
    { type: "RESPONSE", path: "/pets", method: "GET", statusCode: "200" },
    '{"description":"two"}',
  ]);
  const version = await api.getDocumentationVersion({ restApiId, documentationVersion: "1" });
  expect(version.description).toBe("two");
  expect(await api.getClientCertificate({ clientCertificateId: Certificate })).toMatchObject({
    description: "two",
    tags: { team: "air" },
  });
  expect(await api.getVpcLink({ vpcLinkId: Link })).toMatchObject({ name: "two", targetArns: TargetArns });

  const control = new CloudControlClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  const read = async (name: string, Identifier: string): Promise<unknown> => {
    const seen = await control.send(new GetResourceCommand({ TypeName: `AWS::ApiGateway::${name}`, Identifier }));
    return JSON.parse(seen.ResourceDescription?.Properties ?? "");
  };
  expect(await read("VpcLink", Link)).toMatchObject({ VpcLinkId: Link, Name: "two", TargetArns });
  expect(await read("ClientCertificate", Certificate)).toMatchObject({ Description: "two" });
  expect(await read("DocumentationVersion", `1|${restApiId}`)).toMatchObject({ Description: "two" });
  expect(await read("DocumentationPart", `${Part}|${restApiId}`)).toMatchObject({
    Location: { Type: "RESPONSE", StatusCode: "200" },
  });

  await at.destroy("rare");
  expect((await api.getVpcLinks({})).items).toEqual([]);
  expect((await api.getClientCertificates({})).items).toEqual([]);
});
