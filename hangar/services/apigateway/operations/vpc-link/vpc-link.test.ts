// VPC links through the SDK client. What would pass through one is refused by name.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let api: APIGateway;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "vpc-link" });
  api = new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const targetArns = ["arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/inside/0123456789abcdef"];

test("a link is made, listed, changed, tagged and removed", async () => {
  const { id: vpcLinkId = "", $metadata: _facts, ...made } = await api.createVpcLink({ name: "link", targetArns });
  expect(made).toEqual({ name: "link", targetArns, status: "PENDING" });
  await api.updateVpcLink({ vpcLinkId, patchOperations: [{ op: "replace", path: "/name", value: "other" }] });
  await api.tagResource({ resourceArn: `arn:aws:apigateway:us-east-1::/vpclinks/${vpcLinkId}`, tags: { a: "1" } });
  expect(await api.getVpcLink({ vpcLinkId })).toMatchObject({
    name: "other",
    tags: { a: "1" },
    status: "AVAILABLE",
    statusMessage: "Your vpc link is ready for use",
  });
  expect((await api.getVpcLinks({})).items).toMatchObject([{ id: vpcLinkId }]);
  await api.deleteVpcLink({ vpcLinkId });
  await expect(api.getVpcLink({ vpcLinkId })).rejects.toMatchObject({
    name: "NotFoundException",
    message: "Invalid Vpc Link identifier specified",
  });
});

test.each([
  ["no target", []],
  ["two targets", [...targetArns, ...targetArns]],
  ["an application load balancer", [targetArns[0]?.replace("/net/", "/app/") ?? ""]],
])("a link to %s is refused", async (_what, arns) => {
  await expect(api.createVpcLink({ name: "link", targetArns: arns })).rejects.toMatchObject({
    name: "BadRequestException",
  });
});
