// Drift: what somebody changed behind the back of a stack.

import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { DeleteQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  DetectStackResourceDriftCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { create, parameter, queue, startStackCloud, type StackCloud } from "../workers/test-cloud.ts";

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

describe("drift", () => {
  test("is found where somebody changed what the template sets, or deleted it", async () => {
    const sqs = new SQSClient(at.cloud.clientConfig());
    const Resources = {
      Same: queue("same"),
      Changed: queue("changed", { DelaySeconds: 1 }),
      Gone: queue("gone"),
      P: parameter("/drifting"),
    };
    await create(at, "drifts", { Resources }, { Tags: [{ Key: "a", Value: "b" }] });
    const detect = async (): Promise<unknown> => {
      const { StackDriftDetectionId = "" } = await at.cfn.send(new DetectStackDriftCommand({ StackName: "drifts" }));
      const { StackDriftStatus, DetectionStatus, DriftedStackResourceCount } = await at.cfn.send(
        new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
      );
      return [StackDriftStatus, DetectionStatus, DriftedStackResourceCount];
    };
    expect(await detect()).toEqual(["IN_SYNC", "DETECTION_COMPLETE", 0]);
    const url = (name: string): string => `${at.cloud.endpoint}/000000000000/${name}`;
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url("changed"), Attributes: { DelaySeconds: "9" } }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url("gone") }));
    await ssm.send(new PutParameterCommand({ Name: "/drifting", Value: "other", Overwrite: true }));
    expect(await detect()).toEqual(["DRIFTED", "DETECTION_COMPLETE", 3]);
    const { StackResourceDrifts = [] } = await at.cfn.send(
      new DescribeStackResourceDriftsCommand({
        StackName: "drifts",
        StackResourceDriftStatusFilters: ["MODIFIED", "DELETED"],
      }),
    );
    expect(
      StackResourceDrifts.map((drift) => [
        drift.LogicalResourceId,
        drift.StackResourceDriftStatus,
        drift.PropertyDifferences,
      ]),
    ).toEqual([
      [
        "Changed",
        "MODIFIED",
        [{ PropertyPath: "/DelaySeconds", ExpectedValue: "1", ActualValue: "9", DifferenceType: "NOT_EQUAL" }],
      ],
      ["Gone", "DELETED", []],
      [
        "P",
        "MODIFIED",
        [{ PropertyPath: "/Value", ExpectedValue: "value", ActualValue: "other", DifferenceType: "NOT_EQUAL" }],
      ],
    ]);
    const one = { LogicalResourceId: "Same" };
    expect(
      (await at.cfn.send(new DetectStackResourceDriftCommand({ StackName: "drifts", ...one }))).StackResourceDrift,
    ).toMatchObject({
      ...one,
      StackResourceDriftStatus: "IN_SYNC",
    });
    const { Stacks } = await at.cfn.send(new DescribeStacksCommand({ StackName: "drifts" }));
    expect(Stacks?.[0]?.DriftInformation).toMatchObject({
      StackDriftStatus: "DRIFTED",
      LastCheckTimestamp: expect.any(Date) as Date,
    });
  });
});
