// Replicas of global tables, made, described, changed and removed through clients of three regions. Texts are those recorded from AWS.

import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
  type TableDescription,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { change, clientsOf, globalTable, plain, REGIONS, type Clients, type Region } from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "replicas" });
  cloud.clock.hold();
  clients = clientsOf(cloud);
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const created = (RegionName: string) => ({ Create: { RegionName } });
const removed = (RegionName: string) => ({ Delete: { RegionName } });

async function described(region: Region, TableName: string): Promise<TableDescription> {
  return (await clients[region].send(new DescribeTableCommand({ TableName }))).Table ?? {};
}

const update = (region: Region, input: UpdateTableCommandInput) => clients[region].send(new UpdateTableCommand(input));

const refused = (message: string) => ({ name: "ValidationException", message });

describe("adding a replica", () => {
  test("the answer has a stream and a version, and no replica yet", async () => {
    await clients["us-east-1"].send(new CreateTableCommand(plain("Added")));
    const { TableDescription } = await change(clients["us-east-1"], "Added", created("eu-west-1"));
    expect(TableDescription).toMatchObject({
      TableStatus: "UPDATING",
      GlobalTableVersion: "2019.11.21",
      Replicas: [],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    });
  });

  test("each region describes its own table and the others", async () => {
    await globalTable(clients, "Described");
    const [us, eu, ap] = await Promise.all(REGIONS.map((region) => described(region, "Described")));
    const WarmThroughput = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000, Status: "ACTIVE" };
    expect(us?.Replicas).toEqual(
      ["eu-west-1", "ap-northeast-1"].map((RegionName) => ({
        RegionName,
        ReplicaStatus: "ACTIVE",
        WarmThroughput,
        GlobalTableSettingsReplicationMode: "ENABLED_WITH_OVERRIDES",
      })),
    );
    expect(eu?.Replicas?.map((replica) => replica.RegionName)).toEqual(["us-east-1", "ap-northeast-1"]);
    expect(ap?.Replicas?.map((replica) => replica.RegionName)).toEqual(["us-east-1", "eu-west-1"]);
    expect(eu).toMatchObject({
      TableStatus: "ACTIVE",
      TableArn: "arn:aws:dynamodb:eu-west-1:000000000000:table/Described",
      GlobalTableVersion: "2019.11.21",
      GlobalTableSettingsReplicationMode: "ENABLED_WITH_OVERRIDES",
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    });
    expect(eu?.LatestStreamArn).toMatch(/^arn:aws:dynamodb:eu-west-1:000000000000:table\/Described\/stream\//);
    expect(new Set([us?.TableId, eu?.TableId, ap?.TableId]).size).toBe(3);
    expect(us).not.toHaveProperty("MultiRegionConsistency");
  });

  test("a stream of another view stays as it is", async () => {
    const StreamSpecification = { StreamEnabled: true, StreamViewType: "KEYS_ONLY" as const };
    await globalTable(clients, "KeysOnly", { regions: ["eu-west-1"], StreamSpecification });
    expect((await described("us-east-1", "KeysOnly")).StreamSpecification).toEqual(StreamSpecification);
    expect((await described("eu-west-1", "KeysOnly")).StreamSpecification).toEqual(StreamSpecification);
  });

  test("any replica adds another", async () => {
    await globalTable(clients, "Chained", { regions: ["eu-west-1"] });
    await change(clients["eu-west-1"], "Chained", created("ap-northeast-1"));
    expect((await described("us-east-1", "Chained")).Replicas?.map((replica) => replica.RegionName)).toEqual([
      "eu-west-1",
      "ap-northeast-1",
    ]);
  });

  test("two of the same are one; two different ones are refused", async () => {
    await clients["us-east-1"].send(new CreateTableCommand(plain("Doubled")));
    await expect(
      change(clients["us-east-1"], "Doubled", created("eu-west-1"), created("ap-northeast-1")),
    ).rejects.toMatchObject(
      refused("Update table operation with more than one create or delete replica actions not allowed"),
    );
    await change(clients["us-east-1"], "Doubled", created("eu-west-1"), created("eu-west-1"));
    expect((await described("us-east-1", "Doubled")).Replicas).toHaveLength(1);
  });

  test("provisioned writes have to be scaled", async () => {
    await clients["us-east-1"].send(
      new CreateTableCommand(
        plain("Fixed", {
          BillingMode: "PROVISIONED",
          ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        }),
      ),
    );
    await expect(change(clients["us-east-1"], "Fixed", created("eu-west-1"))).rejects.toMatchObject(
      refused("Table write capacity should either be Pay-Per-Request or AutoScaled."),
    );
    await expect(clients["eu-west-1"].send(new DescribeTableCommand({ TableName: "Fixed" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

test("nothing is replicated that is not there yet, where a world has AWS's states", async () => {
  await using fork = cloud.fork();
  fork.dynamodb({ tableStates: "timed" });
  const there = clientsOf(fork)["us-east-1"];
  await there.send(new CreateTableCommand(plain("Slow")));
  await expect(change(there, "Slow", created("eu-west-1"))).rejects.toMatchObject({
    name: "ResourceInUseException",
    message: "Attempt to change a resource which is still in use: Table is being created: Slow",
  });
  await fork.clock.advance("1 minute");
  await change(there, "Slow", created("eu-west-1"));
});

describe("what is refused", () => {
  beforeAll(async () => {
    await globalTable(clients, "Refused", { regions: ["eu-west-1"] });
    await clients["ap-northeast-1"].send(new CreateTableCommand(plain("Refused")));
  });

  const cases: readonly (readonly [string, UpdateTableCommandInput["ReplicaUpdates"], string])[] = [
    [
      "the local region",
      [created("us-east-1")],
      "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.",
    ],
    [
      "removing the local region",
      [removed("us-east-1")],
      "Cannot add or delete the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.",
    ],
    [
      "a replica that is there",
      [created("eu-west-1")],
      "Failed to create a the new replica of table with name: ‘Refused’ because one or more replicas already existed as tables.",
    ],
    [
      "a table of that name that is there",
      [created("ap-northeast-1")],
      "Failed to create a the new replica of table with name: ‘Refused’ because one or more replicas already existed as tables.",
    ],
    [
      "removing what is no replica",
      [removed("ca-central-1")],
      "Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [ca-central-1].",
    ],
    ["an action that is none", [{}], "There are no actions specified in the Replica Update Action of the request."],
    [
      "an update without settings",
      [{ Update: { RegionName: "eu-west-1" } }],
      "There are no actions specified in the Replica Update Action of the request.",
    ],
    [
      "two kinds of actions",
      [{ ...created("sa-east-1"), ...removed("eu-west-1") }],
      "Update table operation with more than one type of replica actions not allowed.",
    ],
    [
      "provisioned reads of a table on demand",
      [{ Update: { RegionName: "eu-west-1", ProvisionedThroughputOverride: { ReadCapacityUnits: 5 } } }],
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    ],
    [
      "another key for a replica",
      [{ Create: { RegionName: "sa-east-1", KMSMasterKeyId: "alias/aws/dynamodb" } }],
      "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.",
    ],
    [
      "a change of a replica's key",
      [{ Update: { RegionName: "eu-west-1", KMSMasterKeyId: "alias/aws/dynamodb" } }],
      "One or more parameter values were invalid: KMSMasterKeyId must be specified for each replica.",
    ],
  ];
  test.each(cases)("%s", async (_name, ReplicaUpdates, message) => {
    const before = await described("us-east-1", "Refused");
    await expect(update("us-east-1", { TableName: "Refused", ReplicaUpdates })).rejects.toMatchObject(refused(message));
    expect(await described("us-east-1", "Refused")).toEqual(before);
  });

  test("a region that is none", async () => {
    await expect(change(clients["us-east-1"], "Refused", created("us-fake-1"))).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringMatching(
        /^Region us-fake-1 is not supported\. The latest version of global tables are only supported in the following regions: \[/,
      ),
    });
  });

  test("anything beside a change of replicas", async () => {
    await expect(
      update("us-east-1", {
        TableName: "Refused",
        ReplicaUpdates: [created("sa-east-1")],
        DeletionProtectionEnabled: true,
      }),
    ).rejects.toMatchObject(
      refused(
        "One or more parameter values were invalid: Replica modification must be the only operation in the request",
      ),
    );
  });

  test("a change of the stream", async () => {
    const TableName = "Refused";
    for (const region of ["us-east-1", "eu-west-1"] as const)
      await expect(update(region, { TableName, StreamSpecification: { StreamEnabled: false } })).rejects.toMatchObject(
        refused(
          "One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.",
        ),
      );
    await expect(
      update("us-east-1", { TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } }),
    ).rejects.toMatchObject(refused("Table already has an enabled stream: TableName: Refused"));
  });
});

describe("removing a replica", () => {
  test("its table goes, and the last one left is a table like any other", async () => {
    await globalTable(clients, "Left", { regions: ["eu-west-1"] });
    const { TableDescription } = await change(clients["us-east-1"], "Left", removed("eu-west-1"));
    expect(TableDescription).toMatchObject({
      TableStatus: "UPDATING",
      Replicas: [{ RegionName: "eu-west-1", ReplicaStatus: "ACTIVE" }],
    });
    await expect(described("eu-west-1", "Left")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const left = await described("us-east-1", "Left");
    for (const member of ["GlobalTableVersion", "Replicas", "GlobalTableSettingsReplicationMode"])
      expect(left).not.toHaveProperty(member);
    expect(left.StreamSpecification?.StreamEnabled).toBe(true);
    await update("us-east-1", { TableName: "Left", StreamSpecification: { StreamEnabled: false } });
    await change(clients["us-east-1"], "Left", created("eu-west-1"));
    expect((await described("eu-west-1", "Left")).Replicas).toHaveLength(1);
  });

  test("a region that others were added from stays for a day", async () => {
    const message =
      "Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.";
    await globalTable(clients, "Source", { regions: ["eu-west-1"] });
    await change(clients["eu-west-1"], "Source", created("ap-northeast-1"));
    const gone = () => clients["us-east-1"].send(new DeleteTableCommand({ TableName: "Source" }));
    await expect(gone()).rejects.toMatchObject(refused(message));
    await expect(change(clients["us-east-1"], "Source", removed("eu-west-1"))).rejects.toMatchObject(refused(message));
    await cloud.clock.advance("24 hours");
    await gone();
    expect((await described("eu-west-1", "Source")).Replicas?.map((replica) => replica.RegionName)).toEqual([
      "ap-northeast-1",
    ]);
  });

  test("DeleteTable in its own region takes it out", async () => {
    await globalTable(clients, "Direct");
    const { TableDescription } = await clients["eu-west-1"].send(new DeleteTableCommand({ TableName: "Direct" }));
    expect(TableDescription).toMatchObject({ TableStatus: "DELETING", Replicas: [{ RegionName: "us-east-1" }, {}] });
    expect((await described("us-east-1", "Direct")).Replicas?.map((replica) => replica.RegionName)).toEqual([
      "ap-northeast-1",
    ]);
  });

  test("its own deletion protection holds", async () => {
    await globalTable(clients, "Protected", { regions: ["eu-west-1"] });
    await update("eu-west-1", { TableName: "Protected", DeletionProtectionEnabled: true });
    expect((await described("us-east-1", "Protected")).DeletionProtectionEnabled).toBe(false);
    const message =
      "Cannot delete table Protected in region eu-west-1 because it has deletion protection enabled. Disable deletion protection first.";
    await expect(change(clients["us-east-1"], "Protected", removed("eu-west-1"))).rejects.toMatchObject(
      refused(message),
    );
    await expect(clients["eu-west-1"].send(new DeleteTableCommand({ TableName: "Protected" }))).rejects.toMatchObject(
      refused(message),
    );
  });
});
