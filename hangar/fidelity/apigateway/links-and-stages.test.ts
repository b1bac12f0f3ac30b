// VPC links, stages and their access logs, as they were recorded from AWS (see ../NOTICE).

import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as iam from "@aws-sdk/client-iam";
import type { Session } from "../session.ts";
import { add, apiOf, recorded, remove, replace, type Patch } from "./session.ts";

const L = "TestApiGatewayVpcLink::test_";
const S = "TestApiGatewayStage::test_";
const balancer = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/recorded/0123456789abcdef";
const none = { vpcLinkId: "invalid-id" };
const group = "arn:aws:logs:us-east-1:000000000000:log-group:recorded";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** A stage `dev`, and its patches. */
async function stageOf(s: Session) {
  const RoleName = "logging";
  await s.with({ service: "logs", sdk: logs }).do("CreateLogGroup", { logGroupName: "recorded" });
  await s.with({ service: "iam", sdk: iam }).do("CreateRole", { RoleName, AssumeRolePolicyDocument: trust });
  await s.do("UpdateAccount", {
    patchOperations: replace("/cloudwatchRoleArn", `arn:aws:iam::000000000000:role/${RoleName}`),
  });
  const api = await apiOf(s);
  const method = { resourceId: api.root, httpMethod: "GET" };
  await api.do("PutMethod", { ...method, authorizationType: "NONE" });
  await api.do("PutIntegration", { ...method, type: "MOCK" });
  const { id: deploymentId } = await api.is("create-deployment", "CreateDeployment");
  await api.is("create-stage", "CreateStage", { stageName: "dev", description: "dev stage", deploymentId });
  return (label: string, patchOperations: Patch[]) =>
    api.is(label, "UpdateStage", { stageName: "dev", patchOperations });
}

recorded(import.meta.url, "apigateway-api", {
  async [`${L}vpc_link_lifecycle`](s) {
    s.matches("nlb-arn", balancer);
    const input = { name: "recorded", targetArns: [balancer] };
    const { id: vpcLinkId } = await s.is("create_vpc_link", "CreateVpcLink", input);
    await s.is("get_vpc_link", "GetVpcLink", { vpcLinkId });
    await s.is("get_vpc_links", "GetVpcLinks");
    const patchOperations = replace("/name", "recorded-updated");
    await s.is("update_vpc_link", "UpdateVpcLink", { vpcLinkId, patchOperations });
    await s.is("delete_vpc_link", "DeleteVpcLink", { vpcLinkId });
  },
  async [`${L}create_vpc_link_invalid_parameters`](s) {
    const wrong = { name: "recorded", targetArns: ["invalid-arn"] };
    await s.is("create_vpc_link_invalid_target_arn", "CreateVpcLink", wrong);
    await s.is("create_vpc_link_empty_name", "CreateVpcLink", { name: "", targetArns: [balancer] });
  },
  async [`${L}get_vpc_link_invalid_id`](s) {
    await s.is("get_vpc_link_invalid_id", "GetVpcLink", none);
  },
  async [`${L}delete_vpc_link_invalid_id`](s) {
    await s.is("delete_vpc_link_invalid_id", "DeleteVpcLink", none);
  },
  async [`${L}update_vpc_link_invalid_id`](s) {
    await s.is("update_vpc_link_invalid_id", "UpdateVpcLink", { ...none, patchOperations: replace("/name", "new") });
  },
  async [`${S}get_stages_filters_by_deployment_id`](s) {
    const { is, do: call, root: resourceId } = await apiOf(s);
    const method = { resourceId, httpMethod: "GET" };
    await call("PutMethod", { ...method, authorizationType: "NONE" });
    await call("PutIntegration", { ...method, type: "MOCK" });
    const { id: first } = await call("CreateDeployment", { stageName: "stage1" });
    const { id: second } = await call("CreateDeployment", { stageName: "stage2" });
    await is("all-stages", "GetStages");
    await is("stages-deploy1", "GetStages", { deploymentId: first });
    await is("stages-deploy2", "GetStages", { deploymentId: second });
  },
  async [`${S}stage_access_log_settings`](s) {
    const update = await stageOf(s);
    const [destination, format] = ["/accessLogSettings/destinationArn", "/accessLogSettings/format"];
    const log = "update-stage-access-log";
    await update(`${log}-dest-add`, add(destination, group));
    await update(`${log}-dest-replace`, replace(destination, `${group}a`));
    await update(`${log}-format-add`, add(format, "$context.requestId $context.identity.sourceIp"));
    await update(`${log}-remove-all`, remove("/accessLogSettings"));
  },
  async [`${S}stage_access_log_settings_validation`](s) {
    const update = await stageOf(s);
    const at = "/accessLogSettings";
    const log = "update-stage-access-log";
    await update("invalid-path-add", add(`${at}/randomValue`, group));
    await update("invalid-path-remove", remove(`${at}/randomValue`));
    await update("invalid-path-replace", replace(`${at}/randomValue`, group));
    await update("star-and-add", add(`${at}/*`, group));
    await update("star-and-remove", remove(`${at}/*`));
    await update("star-and-replace", replace(`${at}/*`, group));
    await update("root-and-add", add(at, group));
    await update("root-and-replace", replace(at, group));
    await update(`${log}-dest-add`, add(`${at}/destinationArn`, group));
    await update(`${log}-destinationArn-empty`, replace(`${at}/destinationArn`, ""));
    await update(`${log}-format-empty`, replace(`${at}/format`, ""));
    await update(`${log}-dest-remove`, remove(`${at}/destinationArn`));
  },
});
