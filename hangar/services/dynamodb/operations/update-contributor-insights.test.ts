// Contributor insights: their settings and states, by table and index, through the real client.

import {
  CreateTableCommand,
  DescribeContributorInsightsCommand,
  DynamoDBClient,
  ListContributorInsightsCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
  type UpdateContributorInsightsCommandInput,
} from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startCloud, type ForkedCloud, type RunningCloud } from "../../../index.ts";

let first: RunningCloud;
let cloud: ForkedCloud;
let client: DynamoDBClient;

const index = {
  IndexName: "byG",
  KeySchema: [{ AttributeName: "g", KeyType: "HASH" as const }],
  Projection: { ProjectionType: "ALL" as const },
};
const AttributeDefinitions = ["p", "s", "g"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));

beforeAll(async () => {
  first = await startCloud({ listen: false, seed: "insights" });
  first.clock.hold();
  client = new DynamoDBClient(first.clientConfig());
  for (const TableName of ["One", "Two"])
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions,
        KeySchema: [
          { AttributeName: "p", KeyType: "HASH" },
          { AttributeName: "s", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: [index],
      }),
    );
});

beforeEach(() => {
  cloud = first.fork();
  client = new DynamoDBClient(cloud.clientConfig());
});

afterEach(() => cloud.dispose());

afterAll(async () => {
  expect(first.bugs).toEqual([]);
  await first.close();
});

async function update(
  TableName: string,
  ContributorInsightsAction: "ENABLE" | "DISABLE",
  more: Partial<UpdateContributorInsightsCommandInput> = {},
) {
  const { $metadata: _, ...answer } = await client.send(
    new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction, ...more }),
  );
  return answer;
}
async function described(TableName: string, IndexName?: string) {
  const { $metadata: _, ...answer } = await client.send(
    new DescribeContributorInsightsCommand({ TableName, IndexName }),
  );
  return answer;
}
const ACCESSED = "ACCESSED_AND_THROTTLED_KEYS";

test("a table is watched once it is asked for, and again asked for it is the same", async () => {
  expect(await described("One")).toEqual({ TableName: "One", ContributorInsightsStatus: "DISABLED" });
  expect(await update("One", "DISABLE")).toEqual({ TableName: "One", ContributorInsightsStatus: "DISABLED" });
  expect(await update("One", "ENABLE")).toEqual({
    TableName: "One",
    ContributorInsightsStatus: "ENABLING",
    ContributorInsightsMode: ACCESSED,
  });
  const now = cloud.clock.now();
  const enabled = {
    TableName: "One",
    ContributorInsightsStatus: "ENABLED",
    ContributorInsightsMode: ACCESSED,
    LastUpdateDateTime: new Date(now),
    ContributorInsightsRuleList: ["PKC", "PKT", "SKC", "SKT"].map(
      (kind) => `DynamoDBContributorInsights-${kind}-One-${now}`,
    ),
  };
  expect(await described("One")).toEqual(enabled);
  await cloud.clock.advance("1 minute");
  expect(await update("One", "ENABLE")).toMatchObject({ ContributorInsightsStatus: "ENABLED" });
  expect(await described("One")).toEqual(enabled);
  expect(await update("One", "ENABLE", { ContributorInsightsMode: "THROTTLED_KEYS" })).toMatchObject({
    ContributorInsightsStatus: "ENABLING",
  });
  expect(await described("One")).toMatchObject({
    ContributorInsightsMode: "THROTTLED_KEYS",
    ContributorInsightsRuleList: ["PKT", "SKT"].map((kind) => `DynamoDBContributorInsights-${kind}-One-${now}`),
  });
  expect(await update("One", "DISABLE")).toMatchObject({ ContributorInsightsStatus: "DISABLING" });
  expect(await described("One")).toEqual({
    TableName: "One",
    ContributorInsightsStatus: "DISABLED",
    ContributorInsightsMode: "THROTTLED_KEYS",
    LastUpdateDateTime: new Date(now + 60_000),
  });
});

test("an index has its own, which go with it; an unknown one is not found", async () => {
  const IndexName = "byG";
  await update("One", "ENABLE", { IndexName });
  expect(await described("One", IndexName)).toMatchObject({
    IndexName,
    ContributorInsightsStatus: "ENABLED",
    ContributorInsightsRuleList: [expect.stringContaining("-PKC-One-byG-"), expect.stringContaining("-PKT-One-byG-")],
  });
  expect(await described("One")).toMatchObject({ ContributorInsightsStatus: "DISABLED" });
  await cloud.clock.advance("1 minute");
  const change = (update: object) =>
    client.send(
      new UpdateTableCommand({
        TableName: "One",
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [update] as never,
      }),
    );
  await change({ Delete: { IndexName } });
  const notFound = {
    name: "ResourceNotFoundException",
    message: "Requested resource not found: Index: byG not found for table: One",
  };
  await expect(described("One", IndexName)).rejects.toMatchObject(notFound);
  await expect(update("One", "DISABLE", { IndexName })).rejects.toMatchObject(notFound);
  await change({ Create: index });
  expect(await described("One", IndexName)).toEqual({
    TableName: "One",
    IndexName,
    ContributorInsightsStatus: "DISABLED",
  });
  await expect(described("Nowhere")).rejects.toMatchObject({
    message: "Requested resource not found: Table: Nowhere not found",
  });
});

test("the list has what is not off, and pages that may be empty", async () => {
  const list = async (more: { TableName?: string; MaxResults?: number }) => {
    const pages: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListContributorInsightsCommand({ ...more, NextToken }));
      pages.push((page.ContributorInsightsSummaries ?? []).map((each) => each.IndexName ?? each.TableName));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return pages;
  };
  expect(await list({ TableName: "Two" })).toEqual([[]]);
  await update("Two", "ENABLE");
  await update("Two", "ENABLE", { IndexName: "byG" });
  expect(await list({})).toEqual([["Two", "byG"]]);
  expect(await list({ TableName: "Two", MaxResults: 1 })).toEqual([["Two"], ["byG"]]);
  expect(await list({ MaxResults: 1 })).toEqual([[], [], ["Two"], ["byG"]]);
  await update("Two", "DISABLE");
  expect(await list({})).toEqual([["byG"]]);
});

test("beyond CloudWatch's 100 rules it fails, and stays so until it is asked again", async () => {
  for (let number = 0; number < 24; number += 1) {
    const TableName = `Many-${number}`;
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: AttributeDefinitions.slice(0, 2),
        KeySchema: [
          { AttributeName: "p", KeyType: "HASH" },
          { AttributeName: "s", KeyType: "RANGE" },
        ],
      }),
    );
    await update(TableName, "ENABLE");
  }
  await update("One", "ENABLE", { IndexName: "byG" });
  expect(await update("Two", "ENABLE")).toMatchObject({ ContributorInsightsStatus: "ENABLING" });
  const failed = {
    ContributorInsightsStatus: "FAILED",
    FailureException: { ExceptionName: "LimitExceededException" },
  };
  expect(await described("Two")).toMatchObject(failed);
  await update("Many-0", "DISABLE");
  expect(await described("Two")).toMatchObject(failed);
  await update("Two", "ENABLE");
  expect(await described("Two")).toMatchObject({ ContributorInsightsStatus: "ENABLED" });
});
