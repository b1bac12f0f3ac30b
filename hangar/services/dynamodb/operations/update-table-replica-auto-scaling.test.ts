// Auto scaling settings of global tables. Texts are those recorded from AWS.

import {
  CreateTableCommand,
  DescribeTableReplicaAutoScalingCommand,
  UpdateTableCommand,
  UpdateTableReplicaAutoScalingCommand,
  type AutoScalingSettingsUpdate,
  type UpdateTableReplicaAutoScalingCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { clientsOf, globalTable, plain, type Clients } from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;
const TableName = "Scaled";

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "scaling" });
  clients = clientsOf(cloud);
  await globalTable(clients, TableName, { regions: ["eu-west-1"] });
  await globalTable(clients, "OnDemand", { regions: ["eu-west-1"] });
  await clients["us-east-1"].send(
    new UpdateTableCommand({
      TableName,
      BillingMode: "PROVISIONED",
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    }),
  );
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const update = (input: Partial<UpdateTableReplicaAutoScalingCommandInput>) =>
  clients["us-east-1"].send(new UpdateTableReplicaAutoScalingCommand({ TableName, ...input }));

const described = async () => {
  const { TableAutoScalingDescription } = await clients["eu-west-1"].send(
    new DescribeTableReplicaAutoScalingCommand({ TableName }),
  );
  return TableAutoScalingDescription;
};

const settings = (TargetValue = 70, more: AutoScalingSettingsUpdate = {}): AutoScalingSettingsUpdate => ({
  MinimumUnits: 1,
  MaximumUnits: 10,
  ScalingPolicyUpdate: { TargetTrackingScalingPolicyConfiguration: { TargetValue } },
  ...more,
});
const reads = (RegionName: string, ReplicaProvisionedReadCapacityAutoScalingUpdate?: AutoScalingSettingsUpdate) => ({
  ReplicaUpdates: [{ RegionName, ReplicaProvisionedReadCapacityAutoScalingUpdate }],
});
const off = { AutoScalingDisabled: true, ScalingPolicies: [] };

test("writes scale in all replicas, reads in one", async () => {
  const { TableAutoScalingDescription } = await update({
    ProvisionedWriteCapacityAutoScalingUpdate: settings(),
    ...reads("eu-west-1", settings(50)),
  });
  expect(TableAutoScalingDescription?.Replicas?.[0]?.ReplicaProvisionedWriteCapacityAutoScalingSettings).toEqual(off);
  const on = (kind: string, TargetValue: number) => ({
    MinimumUnits: 1,
    MaximumUnits: 10,
    AutoScalingRoleArn:
      "arn:aws:iam::000000000000:role/aws-service-role/dynamodb.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
    ScalingPolicies: [
      {
        PolicyName: `DynamoDB${kind}CapacityUtilization:table/Scaled`,
        TargetTrackingScalingPolicyConfiguration: { TargetValue },
      },
    ],
  });
  const replica = (RegionName: string, read: object) => ({
    RegionName,
    ReplicaStatus: "ACTIVE",
    GlobalSecondaryIndexes: [],
    ReplicaProvisionedReadCapacityAutoScalingSettings: read,
    ReplicaProvisionedWriteCapacityAutoScalingSettings: on("Write", 70),
  });
  expect(await described()).toEqual({
    TableName,
    TableStatus: "ACTIVE",
    Replicas: [replica("eu-west-1", on("Read", 50)), replica("us-east-1", off)],
  });
  await update(reads("eu-west-1", { AutoScalingDisabled: true }));
  expect((await described())?.Replicas?.[0]).toEqual(replica("eu-west-1", off));
});

const failed = "Failed to update settings for global table with name: ‘Scaled’";
const scaled = /\(Service: AWSApplicationAutoScaling; Status Code: 400; Error Code: ValidationException; /;
const wrong: readonly (readonly [string, Partial<UpdateTableReplicaAutoScalingCommandInput>, string])[] = [
  ["nothing", {}, `${failed} because at least one update parameter must be specified.`],
  [
    "nothing for a region",
    reads("eu-west-1"),
    `${failed} because at least one update parameter must be specified for region: ‘eu-west-1’.`,
  ],
  [
    "a region twice",
    { ReplicaUpdates: [...reads("eu-west-1", settings()).ReplicaUpdates, ...reads("eu-west-1").ReplicaUpdates] },
    `${failed} because the regions: ‘[eu-west-1]’ were specified more than once.`,
  ],
  [
    "less than all settings",
    reads("eu-west-1", { MinimumUnits: 1 }),
    `${failed}: Parameters 'MaximumUnits', 'ScalingPolicyUpdate' are required unless auto scaling is being disabled.`,
  ],
  [
    "settings of what is off",
    reads("eu-west-1", { AutoScalingDisabled: true, MinimumUnits: 1, MaximumUnits: 2 }),
    "Failed to update settings for global table with name ‘Scaled’: Parameters 'MaximumUnits', 'MinimumUnits' must be left blank when disabling auto scaling.",
  ],
];
test.each(wrong)("refuses %s", async (_name, input, message) => {
  const before = await described();
  await expect(update(input)).rejects.toMatchObject({ name: "ValidationException", message });
  expect(await described()).toEqual(before);
});

test("Application Auto Scaling's own refusals come through", async () => {
  for (const [given, start] of [
    [settings(70, { MaximumUnits: 1, MinimumUnits: 2 }), "Maximum capacity cannot be less than minimum capacity"],
    [
      settings(90.1),
      "For predefined metric type DynamoDBReadCapacityUtilization, target value must be between '10.0' and '90.0', but was '90.1'.",
    ],
    [
      settings(0),
      "For target tracking scaling, target value must be between '8.51592E-109' and '1.174271E108', but was '0.0'.",
    ],
    [
      settings(70, { AutoScalingRoleArn: "arn:aws:iam::000000000000:role/mine" }),
      "User: arn:aws:sts::000000000000:assumed-role/",
    ],
  ] as const) {
    const refusal: Error = await update(reads("eu-west-1", given)).then(
      () => new Error("accepted"),
      (error: Error) => error,
    );
    expect(refusal.message.startsWith(start)).toBe(true);
    expect(refusal.message).toMatch(scaled);
  }
});

test("a table on demand has nothing to scale, and a table without replicas is none of these", async () => {
  await expect(
    update({ TableName: "OnDemand", ProvisionedWriteCapacityAutoScalingUpdate: settings() }),
  ).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "Failed to update global table with name ‘OnDemand‘. Replicas 'EU-WEST-1', 'US-EAST-1' BillingMode is PayPerRequest. You must convert table's BillingMode to PROVISIONED to set parameters: 'GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate'.",
  });
  await update({ TableName: "OnDemand", ProvisionedWriteCapacityAutoScalingUpdate: { AutoScalingDisabled: true } });
  await clients["us-east-1"].send(new CreateTableCommand(plain("Regional")));
  for (const name of ["Regional", "Missing"])
    await expect(update({ TableName: name })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Global table with name: '${name}' does not exist.`,
    });
});
