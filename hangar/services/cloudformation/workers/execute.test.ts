// Deploys as data: a fork of a world goes on with the deploy it was taken in, and the world it came from with its own.

import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientConfig } from "../../../index.ts";
import { create, parameter, startStackCloud, type StackCloud } from "./test-cloud.ts";

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud();
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const template = {
  Resources: {
    Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
    Wait: { Type: "AWS::CloudFormation::WaitCondition", Properties: { Handle: { Ref: "Handle" }, Timeout: "600" } },
    After: { ...parameter("/after-the-wait"), DependsOn: "Wait" },
  },
};

async function status(config: ClientConfig): Promise<string | undefined> {
  const { Stacks } = await new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName: "forked" }));
  return Stacks?.[0]?.StackStatus;
}

/** Signals the handle in the world that the configuration leads to. */
async function signal(config: ClientConfig): Promise<void> {
  const asked = { StackName: "forked", LogicalResourceId: "Handle" };
  const { StackResourceDetail } = await new CloudFormationClient(config).send(new DescribeStackResourceCommand(asked));
  const { hostname, pathname, protocol } = new URL(StackResourceDetail?.PhysicalResourceId ?? "");
  const body = JSON.stringify({ Status: "SUCCESS", UniqueId: "one", Data: "", Reason: "" });
  const request = { method: "PUT", protocol, hostname, path: pathname, query: {}, headers: { host: hostname }, body };
  await config.requestHandler.handle(request as never);
}

test("a fork in the middle of a deploy ends it on its own", async () => {
  await at.cfn.send(new CreateStackCommand({ StackName: "forked", TemplateBody: JSON.stringify(template) }));
  await at.cloud.settle();
  const fork = at.cloud.fork("branch");
  await signal(fork.clientConfig());
  await fork.settle();
  expect([await status(fork.clientConfig()), await status(at.cloud.clientConfig())]).toEqual([
    "CREATE_COMPLETE",
    "CREATE_IN_PROGRESS",
  ]);
  await fork.clock.advance("11 minutes");
  expect(await status(at.cloud.clientConfig())).toBe("CREATE_IN_PROGRESS");
  await at.cloud.clock.advance("11 minutes");
  expect(await status(at.cloud.clientConfig())).toBe("ROLLBACK_COMPLETE");
  expect(await status(fork.clientConfig())).toBe("CREATE_COMPLETE");
  fork.dispose();
});

test("a region has stacks of its own, and each the toolkit stack", async () => {
  await create(at, "regional", { Resources: { P: parameter("/regional") } });
  const west = new CloudFormationClient({ ...at.cloud.clientConfig(), region: "eu-west-1" });
  const { Stacks = [] } = await west.send(new DescribeStacksCommand({}));
  expect(Stacks.map((stack) => [stack.StackName, stack.StackStatus])).toEqual([["CDKToolkit", "CREATE_COMPLETE"]]);
  expect(Stacks[0]?.Outputs?.map((output) => output.OutputKey)).toEqual([
    "BucketName",
    "BucketDomainName",
    "ImageRepositoryName",
    "BootstrapVersion",
  ]);
});
