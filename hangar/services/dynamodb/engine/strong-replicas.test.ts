// Global tables with strong consistency between regions. Texts are those recorded from AWS.

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
import { clientsOf, plain, type Clients, type Region } from "../workers/test-cloud.ts";

let cloud: RunningCloud;
let clients: Clients;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "strong" });
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

describe("strong consistency", () => {
  const strong = (TableName: string, input: Partial<UpdateTableCommandInput>) =>
    update("us-east-1", { TableName, MultiRegionConsistency: "STRONG", ...input });
  const witness = (RegionName: string) => ({ GlobalTableWitnessUpdates: [{ Create: { RegionName } }] });

  beforeAll(async () => {
    await clients["us-east-1"].send(new CreateTableCommand(plain("Regional")));
    await clients["us-east-1"].send(new CreateTableCommand(plain("Witnessed")));
    await strong("Witnessed", { ReplicaUpdates: [created("eu-west-1")], ...witness("us-east-2") });
  });

  test("two replicas and a witness are a group", async () => {
    for (const region of ["us-east-1", "eu-west-1"] as const)
      expect(await described(region, "Witnessed")).toMatchObject({
        MultiRegionConsistency: "STRONG",
        GlobalTableVersion: "2019.11.21",
        GlobalTableWitnesses: [{ RegionName: "us-east-2", WitnessStatus: "ACTIVE" }],
      });
    expect(await described("us-east-1", "Witnessed")).not.toHaveProperty("StreamSpecification");
  });

  const wrong: readonly (readonly [string, string, Partial<UpdateTableCommandInput>, string])[] = [
    [
      "one replica alone",
      "Regional",
      { ReplicaUpdates: [created("eu-west-1")] },
      "Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.",
    ],
    [
      "a region without it",
      "Regional",
      { ReplicaUpdates: [created("eu-west-1")], ...witness("us-west-1") },
      "Unsupported Region(s) specified for global tables with MultiRegionConsistency set to STRONG: [us-west-1].",
    ],
    [
      "a witness without it",
      "Regional",
      { MultiRegionConsistency: undefined, ReplicaUpdates: [created("eu-west-1")], ...witness("us-east-2") },
      "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.",
    ],
    [
      "a witness where a replica is",
      "Regional",
      { ReplicaUpdates: [created("eu-west-1")], ...witness("eu-west-1") },
      "Cannot target multiple regions with the same action",
    ],
    [
      "a witness at home",
      "Regional",
      { ReplicaUpdates: [created("eu-west-1")], ...witness("us-east-1") },
      "Cannot add a witness in the same region as an existing replica when creating a global table with MultiRegionConsistency set to STRONG.",
    ],
    [
      "another change beside it",
      "Regional",
      { ReplicaUpdates: [created("eu-west-1")], ...witness("us-east-2"), DeletionProtectionEnabled: true },
      "Requests that modify replicas or witnesses must not also modify other fields",
    ],
    [
      "one more replica",
      "Witnessed",
      { MultiRegionConsistency: undefined, ReplicaUpdates: [created("ap-northeast-1")] },
      "Cannot add replicas to a global table with strong MultiRegionConsistency",
    ],
    [
      "removing the replica without the witness",
      "Witnessed",
      { MultiRegionConsistency: undefined, ReplicaUpdates: [removed("eu-west-1")] },
      "Update table delete operation does not include all witnesses.",
    ],
    [
      "other consistency",
      "Witnessed",
      { MultiRegionConsistency: "EVENTUAL", ReplicaUpdates: [created("ap-northeast-1")] },
      "MultiRegionConsistency parameter is unsupported on existing global table",
    ],
    [
      "removing a witness that is none",
      "Witnessed",
      {
        MultiRegionConsistency: undefined,
        ReplicaUpdates: [removed("eu-west-1")],
        GlobalTableWitnessUpdates: [{ Delete: { RegionName: "us-west-2" } }],
      },
      "Update global table operation failed because one or more witnesses were not part of the global table. Please retry the request without these witnesses: [us-west-2].",
    ],
  ];
  test.each(wrong)("refuses %s", async (_name, table, input, message) => {
    await expect(strong(table, input)).rejects.toMatchObject(refused(message));
  });

  test("all of it goes at once", async () => {
    await expect(clients["eu-west-1"].send(new DeleteTableCommand({ TableName: "Witnessed" }))).rejects.toMatchObject(
      refused(
        "Deletion of only one table replica is not supported for global tables with MultiRegionConsistency set to STRONG.",
      ),
    );
    await update("us-east-1", {
      TableName: "Witnessed",
      ReplicaUpdates: [removed("eu-west-1")],
      GlobalTableWitnessUpdates: [{ Delete: { RegionName: "us-east-2" } }],
    });
    const left = await described("us-east-1", "Witnessed");
    for (const member of ["GlobalTableVersion", "Replicas", "MultiRegionConsistency", "GlobalTableWitnesses"])
      expect(left).not.toHaveProperty(member);
    await clients["us-east-1"].send(new DeleteTableCommand({ TableName: "Witnessed" }));
  });
});
