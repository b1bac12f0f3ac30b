// UpdateTable's rules of throughput: provisioned, on demand, and warm.

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { bad, create, described, gsi, onDemand, provisioned, refused, units, update } from "../test-table-updates.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;

beforeEach(async () => {
  cloud = await startCloud({ listen: false, seed: "update-table" });
  cloud.clock.hold();
  await cloud.clock.advanceTo(new Date(Math.ceil(cloud.clock.now() / 86_400_000) * 86_400_000));
  client = new DynamoDBClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterEach(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const guide = "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";

describe("provisioned throughput", () => {
  test("that is the same is no change, of tables and of indexes", async () => {
    await create(client, { GlobalSecondaryIndexes: [gsi("ggg", provisioned(2, 3))] });
    await refused(
      update(client, provisioned(10)),
      "ValidationException",
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 10. Requested ReadCapacityUnits: 10. Current WriteCapacityUnits provisioned for the table: 10. Requested WriteCapacityUnits: 10. ${guide}`,
    );
    await refused(
      update(client, { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "ggg", ...provisioned(2, 3) } }] }),
      "ValidationException",
      `The provisioned throughput for the index ggg will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for index ggg: 2. Requested ReadCapacityUnits: 2. Current WriteCapacityUnits provisioned for index ggg: 3. Requested WriteCapacityUnits: 3. ${guide}`,
    );
    await refused(
      update(client, { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "hhh", ...provisioned(2) } }] }),
      "ResourceNotFoundException",
      "Requested resource not found: Index hhh for table things",
    );
  });

  test("decreases four times a day, then once an hour, counted anew at midnight UTC", async () => {
    await create(client);
    const start = cloud.clock.now();
    for (const [count, read] of [9, 8, 7, 6].entries()) {
      const shown = await update(client, provisioned(read));
      expect([shown?.TableStatus, shown?.ProvisionedThroughput]).toEqual([
        "UPDATING",
        { ...units(read + 1), NumberOfDecreasesToday: count, LastDecreaseDateTime: new Date(start) },
      ]);
    }
    const date = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone: "UTC" }).format(start);
    const limit = (today: number, last: string, next: string): string =>
      `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: ${today}. Last decrease at ${date} at ${last} Coordinated Universal Time. Next decrease can be made at ${date} at ${next} Coordinated Universal Time`;
    await refused(update(client, provisioned(5)), "LimitExceededException", limit(4, "12:00:00 AM", "1:00:00 AM"));
    await update(client, provisioned(20));
    await cloud.clock.advance("59 minutes");
    await refused(update(client, provisioned(25, 5)), "LimitExceededException", limit(4, "12:00:00 AM", "1:00:00 AM"));
    await cloud.clock.advance("1 minute");
    await update(client, provisioned(5));
    await refused(update(client, provisioned(4)), "LimitExceededException", limit(5, "1:00:00 AM", "2:00:00 AM"));
    expect((await described(client))?.ProvisionedThroughput).toEqual({
      ...units(5),
      NumberOfDecreasesToday: 5,
      LastIncreaseDateTime: new Date(start),
      LastDecreaseDateTime: new Date(start + 3_600_000),
    });
    await cloud.clock.advanceTo(start + 86_400_000);
    expect((await described(client))?.ProvisionedThroughput?.NumberOfDecreasesToday).toBe(0);
    for (const read of [4, 3, 2, 1]) await update(client, provisioned(read));
  });

  test("is at most 40,000 a table and 80,000 an account", async () => {
    const above = (name: string) =>
      `The requested ${name}, 40001, is above the per table maximum for the account in us-east-1. Per table maximum: 40000. ${guide}`;
    await refused(create(client, provisioned(40_001)), "LimitExceededException", above("ReadCapacityUnits"));
    await create(client, provisioned(40_000, 1));
    await refused(update(client, provisioned(40_000, 40_001)), "LimitExceededException", above("WriteCapacityUnits"));
    await create(client, { TableName: "other", ...provisioned(39_000, 1) });
    await refused(
      create(client, { TableName: "third", ...provisioned(2000, 1) }),
      "LimitExceededException",
      `This request would have caused the ReadCapacityUnits limit to be exceeded for the account in us-east-1. Current ReadCapacityUnits reserved by the account: 79000. Limit: 80000. Requested: 2000. ${guide}`,
    );
  });
});

describe("billing", () => {
  test("goes on demand four times a day, and keeps tables as warm as they were", async () => {
    await create(client, { GlobalSecondaryIndexes: [gsi("ggg", provisioned(2))] });
    const back = {
      BillingMode: "PROVISIONED" as const,
      ...provisioned(1),
      GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "ggg", ...provisioned(1) } }],
    };
    const shown = await update(client, onDemand);
    expect([shown?.TableStatus, shown?.BillingModeSummary, shown?.ProvisionedThroughput?.ReadCapacityUnits]).toEqual([
      "UPDATING",
      { BillingMode: "PAY_PER_REQUEST" },
      0,
    ]);
    await refused(
      update(client, { ...back, GlobalSecondaryIndexUpdates: undefined }),
      "ValidationException",
      `${bad}ProvisionedThroughput must be specified for index: ggg`,
    );
    await update(client, back);
    expect((await described(client))?.WarmThroughput).toEqual({
      ReadUnitsPerSecond: 12_000,
      WriteUnitsPerSecond: 4000,
      Status: "ACTIVE",
    });
    for (let count = 0; count < 3; count += 1) {
      await update(client, onDemand);
      await update(client, onDemand);
      await update(client, back);
    }
    await expect(update(client, onDemand)).rejects.toMatchObject({
      name: "LimitExceededException",
      message: expect.stringMatching(
        /^Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day\(s\)\. Last update at \w{3} \w{3} \d\d 00:00:00 UTC \d{4}\. Next update can be made at /,
      ),
    });
    await cloud.clock.advance("1 day");
    await update(client, onDemand);
  });

  test("on-demand maxima change one by one; -1 takes one away", async () => {
    await create(client, { ...onDemand, OnDemandThroughput: { MaxReadRequestUnits: 5 } });
    await update(client, { OnDemandThroughput: { MaxWriteRequestUnits: 7 } });
    expect((await described(client))?.OnDemandThroughput).toEqual({ MaxReadRequestUnits: 5, MaxWriteRequestUnits: 7 });
    const shown = await update(client, { OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    expect([shown?.TableStatus, shown?.OnDemandThroughput]).toEqual([
      "ACTIVE",
      { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 7 },
    ]);
    await refused(
      update(client, { OnDemandThroughput: { MaxReadRequestUnits: 0 } }),
      "ValidationException",
      `${bad}Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range`,
    );
    await refused(
      update(client, { OnDemandThroughput: { MaxReadRequestUnits: 40_001 } }),
      "LimitExceededException",
      "Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region us-east-1",
    );
    await update(client, { OnDemandThroughput: { MaxWriteRequestUnits: -1 } });
    expect((await described(client))?.OnDemandThroughput).toBeUndefined();
  });
});

test("warm throughput only grows, and is the most that was ever provisioned", async () => {
  await create(client);
  await update(client, provisioned(30, 10));
  await update(client, provisioned(10, 12));
  expect((await described(client))?.WarmThroughput).toMatchObject({ ReadUnitsPerSecond: 30, WriteUnitsPerSecond: 12 });
  const shown = await update(client, { WarmThroughput: { ReadUnitsPerSecond: 50 } });
  expect([shown?.TableStatus, shown?.WarmThroughput]).toEqual([
    "ACTIVE",
    { ReadUnitsPerSecond: 30, WriteUnitsPerSecond: 12, Status: "UPDATING" },
  ]);
  expect((await described(client))?.WarmThroughput).toEqual({
    ReadUnitsPerSecond: 50,
    WriteUnitsPerSecond: 12,
    Status: "ACTIVE",
  });
  await refused(
    create(client, { TableName: "cold", ...onDemand, WarmThroughput: { ReadUnitsPerSecond: 1 } }),
    "ValidationException",
    `${bad}Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial`,
  );
});
