// Tables listed, tagged, protected, and what else hangs on them, through the real client.

import {
  CreateTableCommand,
  DeleteResourcePolicyCommand,
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  type CreateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "tables" });
  client = new DynamoDBClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const plain = (TableName: string, more: Partial<CreateTableCommandInput> = {}): CreateTableCommandInput => ({
  TableName,
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  ...more,
});

describe("tables and what hangs on them", () => {
  test("ListTables goes on after a name", async () => {
    for (const name of ["List1", "List2", "List3"]) await client.send(new CreateTableCommand(plain(name)));
    const first = await client.send(new ListTablesCommand({ ExclusiveStartTableName: "List", Limit: 2 }));
    expect([first.TableNames, first.LastEvaluatedTableName]).toEqual([["List1", "List2"], "List2"]);
    const second = await client.send(new ListTablesCommand({ ExclusiveStartTableName: "List2" }));
    expect(second.TableNames?.[0]).toBe("List3");
  });

  test("tags are put, listed and taken away", async () => {
    const { TableDescription } = await client.send(
      new CreateTableCommand(plain("Tagged", { Tags: [{ Key: "a", Value: "1" }] })),
    );
    const ResourceArn = TableDescription?.TableArn ?? "";
    await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "b", Value: "2" }] }));
    await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["a"] }));
    expect((await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: "b", Value: "2" },
    ]);
    const refused = (keys: readonly string[], message: string) =>
      expect(
        client.send(new TagResourceCommand({ ResourceArn, Tags: keys.map((Key) => ({ Key, Value: "1" })) })),
      ).rejects.toMatchObject({ name: "ValidationException", message });
    await refused(
      Array.from({ length: 50 }, (_, n) => `k${n}`),
      "Number of Tags exceed the current limit for the provided ResourceArn",
    );
    await refused(["c", "c"], "Duplicate Tag Keys provided as input: Duplicate Tag Key found c");
    await expect(client.send(new ListTagsOfResourceCommand({ ResourceArn: `${ResourceArn}x` }))).rejects.toMatchObject({
      message: `Requested resource not found: ResourcArn: ${ResourceArn}x not found`,
    });
  });

  test("a table's own policy is kept with a revision", async () => {
    const { TableDescription } = await client.send(new CreateTableCommand(plain("Guarded")));
    const ResourceArn = TableDescription?.TableArn ?? "";
    await expect(client.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
      name: "PolicyNotFoundException",
    });
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const { RevisionId } = await client.send(new PutResourcePolicyCommand({ ResourceArn, Policy }));
    const got = await client.send(new GetResourcePolicyCommand({ ResourceArn }));
    expect([got.Policy, got.RevisionId]).toEqual([Policy, RevisionId]);
    await expect(
      client.send(new DeleteResourcePolicyCommand({ ResourceArn, ExpectedRevisionId: "1" })),
    ).rejects.toMatchObject({ name: "PolicyNotFoundException" });
    await client.send(new DeleteResourcePolicyCommand({ ResourceArn, ExpectedRevisionId: RevisionId }));
    await expect(client.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
      name: "PolicyNotFoundException",
    });
  });

  // Recorded from AWS: TestDynamoDB::test_continuous_backup_update.
  test("point-in-time recovery reaches back 35 days", async () => {
    const TableName = "Recovered";
    await client.send(new CreateTableCommand(plain(TableName)));
    const expected = {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: {
        EarliestRestorableDateTime: expect.any(Date),
        LatestRestorableDateTime: expect.any(Date),
        PointInTimeRecoveryStatus: "ENABLED",
        RecoveryPeriodInDays: 35,
      },
    };
    const updated = await client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    expect(updated.ContinuousBackupsDescription).toEqual(expected);
    expect(
      (await client.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription,
    ).toEqual(expected);
    await expect(client.send(new DescribeContinuousBackupsCommand({ TableName: "Nothing" }))).rejects.toMatchObject({
      name: "TableNotFoundException",
    });
    expect(await client.send(new DescribeContributorInsightsCommand({ TableName }))).toMatchObject({
      ContributorInsightsStatus: "DISABLED",
      TableName,
    });
  });

  test("limits and endpoints are given", async () => {
    expect((await client.send(new DescribeLimitsCommand({}))).TableMaxReadCapacityUnits).toBe(40_000);
    expect((await client.send(new DescribeEndpointsCommand({}))).Endpoints?.[0]?.CachePeriodInMinutes).toBe(1440);
  });
});
