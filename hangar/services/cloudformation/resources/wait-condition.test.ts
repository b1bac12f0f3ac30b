// Wait conditions: what a stack waits for, and what becomes of it.

import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import {
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  CancelUpdateStackCommand,
  CreateStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  outputsOf,
  parameter,
  settled,
  startStackCloud,
  story,
  type StackCloud,
} from "../workers/test-cloud.ts";

let at: StackCloud;
let ssm: SSMClient;

beforeAll(async () => {
  at = await startStackCloud({});
  ssm = new SSMClient(at.cloud.clientConfig());
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

describe("a wait condition", () => {
  const template = (count: number): object => ({
    Resources: {
      Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
      Wait: {
        Type: "AWS::CloudFormation::WaitCondition",
        DependsOn: "Handle",
        Properties: { Handle: { Ref: "Handle" }, Timeout: "600", Count: count },
      },
    },
    Outputs: { Data: { Value: { "Fn::GetAtt": ["Wait", "Data"] } } },
  });

  async function signal(name: string, UniqueId: string, Status = "SUCCESS"): Promise<number> {
    const { StackResourceDetail } = await at.cfn.send(
      new DescribeStackResourceCommand({ StackName: name, LogicalResourceId: "Handle" }),
    );
    const body = JSON.stringify({ Status, UniqueId, Data: `data of ${UniqueId}`, Reason: "told" });
    // The handle's host leads here by name resolution; the test goes to the endpoint itself.
    const { pathname } = new URL(StackResourceDetail?.PhysicalResourceId ?? "");
    return (await fetch(`${at.cloud.endpoint}${pathname}`, { method: "PUT", body })).status;
  }

  test("is complete once enough signals came", async () => {
    await at.cfn.send(new CreateStackCommand({ StackName: "waits", TemplateBody: JSON.stringify(template(2)) }));
    await at.cloud.settle();
    expect(await signal("waits", "one")).toBe(200);
    const { Stacks } = await at.cfn.send(new DescribeStacksCommand({ StackName: "waits" }));
    expect(Stacks?.[0]?.StackStatus).toBe("CREATE_IN_PROGRESS");
    await signal("waits", "two");
    const stack = await settled(at, "waits");
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    expect(JSON.parse(outputsOf(stack)["Data"] ?? "")).toEqual({ one: "data of one", two: "data of two" });
  });

  test("ends when its stack's time is over, or when the update around it is cancelled", async () => {
    const input = { StackName: "timed", TemplateBody: JSON.stringify(template(1)), TimeoutInMinutes: 5 };
    await at.cfn.send(new CreateStackCommand(input));
    await at.cloud.settle();
    await at.cloud.clock.advance("6 minutes");
    expect((await settled(at, "timed")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await story(at, "timed")).toContain(
      "timed ROLLBACK_IN_PROGRESS Stack creation time exceeded the specified timeout. Rollback requested by user.",
    );
    await create(at, "cancelled", { Resources: { P: parameter("/cancelled", "a") } });
    const { Resources } = template(1) as { Resources: object };
    const after = { Resources: { P: parameter("/cancelled", "b"), ...Resources } };
    await at.cfn.send(new UpdateStackCommand({ StackName: "cancelled", TemplateBody: JSON.stringify(after) }));
    await at.cloud.settle();
    await at.cfn.send(new CancelUpdateStackCommand({ StackName: "cancelled" }));
    expect((await settled(at, "cancelled")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect((await ssm.send(new GetParameterCommand({ Name: "/cancelled" }))).Parameter?.Value).toBe("a");
  });

  test("fails when a signal says so, and when its time is over", async () => {
    await at.cfn.send(new CreateStackCommand({ StackName: "hears", TemplateBody: JSON.stringify(template(1)) }));
    await at.cloud.settle();
    await signal("hears", "one", "FAILURE");
    expect((await settled(at, "hears")).StackStatus).toBe("ROLLBACK_COMPLETE");
    await at.cfn.send(new CreateStackCommand({ StackName: "tires", TemplateBody: JSON.stringify(template(1)) }));
    await at.cloud.settle();
    await at.cloud.clock.advance("11 minutes");
    expect((await settled(at, "tires")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await story(at, "tires")).find((event) => event.startsWith("Wait CREATE_FAILED"))).toContain(
      "WaitCondition timed out. Received 0 conditions when expecting 1",
    );
  });
});
