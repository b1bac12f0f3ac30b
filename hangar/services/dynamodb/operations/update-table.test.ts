// UpdateTable's rules: what goes together, what is no change, what may change only so often, what an account may have.

import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  type CreateTableCommandInput,
  type UpdateTableCommandInput,
} from "@aws-sdk/client-dynamodb";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

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

const TableName = "things";
const bad = "One or more parameter values were invalid: ";
const guide = "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";
const units = (read: number, write = read) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });
const provisioned = (read: number, write = read) => ({ ProvisionedThroughput: units(read, write) });
const onDemand = { BillingMode: "PAY_PER_REQUEST" as const, ProvisionedThroughput: undefined };
const gsi = (IndexName: string, more = {}) => ({
  IndexName,
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
  Projection: { ProjectionType: "ALL" as const },
  ...more,
});
const create = (more: Partial<CreateTableCommandInput> = {}) =>
  client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      ...provisioned(10),
      ...more,
    }),
  );
const update = (more: Partial<UpdateTableCommandInput>) =>
  client.send(new UpdateTableCommand({ TableName, ...more })).then(({ TableDescription }) => TableDescription);
const described = () => client.send(new DescribeTableCommand({ TableName })).then(({ Table }) => Table);
const refused = (call: Promise<unknown>, name: string, message: string) =>
  expect(call).rejects.toMatchObject({ name, message });

describe("one UpdateTable changes one thing", () => {
  const stream = { StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" as const } };
  const made = { GlobalSecondaryIndexUpdates: [{ Create: gsi("new", provisioned(1)) }] };
  test.each<[string, Partial<UpdateTableCommandInput>, string]>([
    [
      "encryption",
      { SSESpecification: { Enabled: true }, TableClass: "STANDARD" },
      "Server-Side Encryption modification must be the only operation in the request",
    ],
    [
      "table class",
      { TableClass: "STANDARD", DeletionProtectionEnabled: true },
      "TableClass modification must be the only operation in the request",
    ],
    [
      "deletion protection",
      { DeletionProtectionEnabled: true, ...onDemand },
      "DeletionProtection modification must be the only operation in the request",
    ],
    [
      "warm throughput",
      { WarmThroughput: { ReadUnitsPerSecond: 20 }, ...stream },
      "WarmThroughput must be the only operation in the request",
    ],
    [
      "warm throughput, indexes",
      { WarmThroughput: { ReadUnitsPerSecond: 20 }, ...made },
      "Create global secondary index cannot be specified when updating WarmThroughput",
    ],
    [
      "on-demand maxima",
      { OnDemandThroughput: { MaxReadRequestUnits: 1 }, ...stream },
      "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
    ],
    [
      "throughput and stream",
      { ...provisioned(11), ...stream },
      "You cannot modify stream status while updating table IOPS",
    ],
    [
      "throughput and indexes",
      { ...provisioned(11), ...made },
      "You cannot create or delete index while updating table IOPS",
    ],
    ["stream and indexes", { ...stream, ...made }, "You cannot create or delete index while changing stream status"],
    [
      "throughput on demand",
      { ...onDemand, ...provisioned(1) },
      "ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST",
    ],
    [
      "provisioned without units",
      { BillingMode: "PROVISIONED" },
      "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
    ],
    [
      "maxima of a provisioned table",
      { OnDemandThroughput: { MaxWriteRequestUnits: 1 } },
      "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED",
    ],
    [
      "a stream without view",
      { StreamSpecification: { StreamEnabled: true } },
      "If stream is being enabled then UpdateViewType is required",
    ],
    [
      "less warm",
      { WarmThroughput: { ReadUnitsPerSecond: 9 } },
      "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported",
    ],
  ])("%s", async (_what, input, message) => {
    await create();
    const before = await described();
    await refused(update(input), "ValidationException", bad + message);
    expect(await described()).toEqual(before);
  });
});

describe("provisioned throughput", () => {
  test("that is the same is no change, of tables and of indexes", async () => {
    await create({ GlobalSecondaryIndexes: [gsi("ggg", provisioned(2, 3))] });
    await refused(
      update(provisioned(10)),
      "ValidationException",
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 10. Requested ReadCapacityUnits: 10. Current WriteCapacityUnits provisioned for the table: 10. Requested WriteCapacityUnits: 10. ${guide}`,
    );
    await refused(
      update({ GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "ggg", ...provisioned(2, 3) } }] }),
      "ValidationException",
      `The provisioned throughput for the index ggg will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for index ggg: 2. Requested ReadCapacityUnits: 2. Current WriteCapacityUnits provisioned for index ggg: 3. Requested WriteCapacityUnits: 3. ${guide}`,
    );
    await refused(
      update({ GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "hhh", ...provisioned(2) } }] }),
      "ResourceNotFoundException",
      "Requested resource not found: Index hhh for table things",
    );
  });

  test("decreases four times a day, then once an hour, counted anew at midnight UTC", async () => {
    await create();
    const start = cloud.clock.now();
    for (const [count, read] of [9, 8, 7, 6].entries()) {
      const shown = await update(provisioned(read));
      expect([shown?.TableStatus, shown?.ProvisionedThroughput]).toEqual([
        "UPDATING",
        { ...units(read + 1), NumberOfDecreasesToday: count, LastDecreaseDateTime: new Date(start) },
      ]);
    }
    const date = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone: "UTC" }).format(start);
    const limit = (today: number, last: string, next: string): string =>
      `Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. Number of decreases today: ${today}. Last decrease at ${date} at ${last} Coordinated Universal Time. Next decrease can be made at ${date} at ${next} Coordinated Universal Time`;
    await refused(update(provisioned(5)), "LimitExceededException", limit(4, "12:00:00 AM", "1:00:00 AM"));
    await update(provisioned(20));
    await cloud.clock.advance("59 minutes");
    await refused(update(provisioned(25, 5)), "LimitExceededException", limit(4, "12:00:00 AM", "1:00:00 AM"));
    await cloud.clock.advance("1 minute");
    await update(provisioned(5));
    await refused(update(provisioned(4)), "LimitExceededException", limit(5, "1:00:00 AM", "2:00:00 AM"));
    expect((await described())?.ProvisionedThroughput).toEqual({
      ...units(5),
      NumberOfDecreasesToday: 5,
      LastIncreaseDateTime: new Date(start),
      LastDecreaseDateTime: new Date(start + 3_600_000),
    });
    await cloud.clock.advanceTo(start + 86_400_000);
    expect((await described())?.ProvisionedThroughput?.NumberOfDecreasesToday).toBe(0);
    for (const read of [4, 3, 2, 1]) await update(provisioned(read));
  });

  test("is at most 40,000 a table and 80,000 an account", async () => {
    const above = (name: string) =>
      `The requested ${name}, 40001, is above the per table maximum for the account in us-east-1. Per table maximum: 40000. ${guide}`;
    await refused(create(provisioned(40_001)), "LimitExceededException", above("ReadCapacityUnits"));
    await create(provisioned(40_000, 1));
    await refused(update(provisioned(40_000, 40_001)), "LimitExceededException", above("WriteCapacityUnits"));
    await create({ TableName: "other", ...provisioned(39_000, 1) });
    await refused(
      create({ TableName: "third", ...provisioned(2000, 1) }),
      "LimitExceededException",
      `This request would have caused the ReadCapacityUnits limit to be exceeded for the account in us-east-1. Current ReadCapacityUnits reserved by the account: 79000. Limit: 80000. Requested: 2000. ${guide}`,
    );
  });
});

describe("billing", () => {
  test("goes on demand four times a day, and keeps tables as warm as they were", async () => {
    await create({ GlobalSecondaryIndexes: [gsi("ggg", provisioned(2))] });
    const back = {
      BillingMode: "PROVISIONED" as const,
      ...provisioned(1),
      GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "ggg", ...provisioned(1) } }],
    };
    const shown = await update(onDemand);
    expect([shown?.TableStatus, shown?.BillingModeSummary, shown?.ProvisionedThroughput?.ReadCapacityUnits]).toEqual([
      "UPDATING",
      { BillingMode: "PAY_PER_REQUEST" },
      0,
    ]);
    await refused(
      update({ ...back, GlobalSecondaryIndexUpdates: undefined }),
      "ValidationException",
      `${bad}ProvisionedThroughput must be specified for index: ggg`,
    );
    await update(back);
    expect((await described())?.WarmThroughput).toEqual({
      ReadUnitsPerSecond: 12_000,
      WriteUnitsPerSecond: 4000,
      Status: "ACTIVE",
    });
    for (let count = 0; count < 3; count += 1) {
      await update(onDemand);
      await update(onDemand);
      await update(back);
    }
    await expect(update(onDemand)).rejects.toMatchObject({
      name: "LimitExceededException",
      message: expect.stringMatching(
        /^Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day\(s\)\. Last update at \w{3} \w{3} \d\d 00:00:00 UTC \d{4}\. Next update can be made at /,
      ),
    });
    await cloud.clock.advance("1 day");
    await update(onDemand);
  });

  test("on-demand maxima change one by one; -1 takes one away", async () => {
    await create({ ...onDemand, OnDemandThroughput: { MaxReadRequestUnits: 5 } });
    await update({ OnDemandThroughput: { MaxWriteRequestUnits: 7 } });
    expect((await described())?.OnDemandThroughput).toEqual({ MaxReadRequestUnits: 5, MaxWriteRequestUnits: 7 });
    const shown = await update({ OnDemandThroughput: { MaxReadRequestUnits: -1 } });
    expect([shown?.TableStatus, shown?.OnDemandThroughput]).toEqual([
      "ACTIVE",
      { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 7 },
    ]);
    await refused(
      update({ OnDemandThroughput: { MaxReadRequestUnits: 0 } }),
      "ValidationException",
      `${bad}Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range`,
    );
    await refused(
      update({ OnDemandThroughput: { MaxReadRequestUnits: 40_001 } }),
      "LimitExceededException",
      "Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for table exceeds TableMaxReadCapacityUnits of the account in region us-east-1",
    );
    await update({ OnDemandThroughput: { MaxWriteRequestUnits: -1 } });
    expect((await described())?.OnDemandThroughput).toBeUndefined();
  });
});

test("warm throughput only grows, and is the most that was ever provisioned", async () => {
  await create();
  await update(provisioned(30, 10));
  await update(provisioned(10, 12));
  expect((await described())?.WarmThroughput).toMatchObject({ ReadUnitsPerSecond: 30, WriteUnitsPerSecond: 12 });
  const shown = await update({ WarmThroughput: { ReadUnitsPerSecond: 50 } });
  expect([shown?.TableStatus, shown?.WarmThroughput]).toEqual([
    "ACTIVE",
    { ReadUnitsPerSecond: 30, WriteUnitsPerSecond: 12, Status: "UPDATING" },
  ]);
  expect((await described())?.WarmThroughput).toEqual({
    ReadUnitsPerSecond: 50,
    WriteUnitsPerSecond: 12,
    Status: "ACTIVE",
  });
  await refused(
    create({ TableName: "cold", ...onDemand, WarmThroughput: { ReadUnitsPerSecond: 1 } }),
    "ValidationException",
    `${bad}Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial`,
  );
});

test("a table class changes twice in thirty days", async () => {
  await create();
  expect(await update({ TableClass: "STANDARD" })).toMatchObject({ TableStatus: "UPDATING" });
  expect((await described())?.TableClassSummary).toBeUndefined();
  await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
  await update({ TableClass: "STANDARD" });
  const message = "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).";
  await refused(update({ TableClass: "STANDARD_INFREQUENT_ACCESS" }), "LimitExceededException", message);
  await cloud.clock.advance("30 days");
  await update({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
  expect((await described())?.TableClassSummary).toMatchObject({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
});

describe("encryption", () => {
  const key = async (): Promise<string> => {
    const { KeyMetadata } = await new KMSClient(cloud.clientConfig()).send(new CreateKeyCommand({}));
    return KeyMetadata?.Arn ?? "";
  };

  test("changes four times a day, then once in six hours", async () => {
    await create();
    await refused(
      update({ SSESpecification: { Enabled: false } }),
      "ValidationException",
      `${bad}Table is already encrypted by default`,
    );
    const own = await key();
    const shown = await update({ SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: own } });
    expect([shown?.TableStatus, shown?.SSEDescription]).toEqual([
      "ACTIVE",
      { Status: "UPDATING", SSEType: "KMS", KMSMasterKeyArn: own },
    ]);
    await refused(
      update({ SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: own } }),
      "ValidationException",
      `${bad}Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key`,
    );
    await update({ SSESpecification: { Enabled: true } });
    await update({ SSESpecification: { Enabled: false } });
    await update({ SSESpecification: { Enabled: true } });
    const iso = (hours: number): string => new Date(cloud.clock.now() + hours * 3_600_000).toISOString();
    await refused(
      update({ SSESpecification: { Enabled: false } }),
      "LimitExceededException",
      `Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at ${iso(24)}. After the first 4 change, each subsequent change in the same window can be performed at most once every 21600 seconds. Number of updates today: 4. Last change at ${iso(0)}. Next changes can be made at ${iso(6)}.`,
    );
    await cloud.clock.advance("6 hours");
    await update({ SSESpecification: { Enabled: false } });
    expect((await described())?.SSEDescription).toBeUndefined();
  });

  test("wants a key that can be used", async () => {
    const own = await key();
    await new KMSClient(cloud.clientConfig()).send(new DisableKeyCommand({ KeyId: own }));
    const made = (KMSMasterKeyId: string) =>
      create({ SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId } });
    await refused(
      made(own),
      "ValidationException",
      `KMS key disabled error: com.amazonaws.services.kms.model.DisabledException: ${own} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Proxy: null)`,
    );
    await expect(made("alias/none")).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringMatching(
        /^KMS validation error: com\.amazonaws\.services\.kms\.model\.NotFoundException: Alias .*alias\/none is not found\. /,
      ),
    });
    await refused(
      create({ SSESpecification: { Enabled: true, KMSMasterKeyId: own } }),
      "ValidationException",
      `${bad}SSEType KMS is required if KMSMasterKeyId is specified`,
    );
    await refused(
      create({ SSESpecification: { Enabled: false, SSEType: "KMS" } }),
      "ValidationException",
      `${bad}SSEType can not be specified if Enabled is false`,
    );
    await expect(described()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

test("a table has at most 20 global indexes, 5 local ones and 100 projected attributes", async () => {
  const many = (count: number, more = {}) => Array.from({ length: count }, (_, n) => gsi(`index${n}`, more));
  await refused(
    create({ ...onDemand, GlobalSecondaryIndexes: many(21) }),
    "ValidationException",
    `${bad}GlobalSecondaryIndex count exceeds the per-table limit of 20`,
  );
  const wide = {
    Projection: { ProjectionType: "INCLUDE" as const, NonKeyAttributes: Array.from({ length: 20 }, (_, n) => `a${n}`) },
  };
  await refused(
    create({ ...onDemand, GlobalSecondaryIndexes: many(6, wide) }),
    "ValidationException",
    `${bad}The total number of projected attributes is too large: 120. The limit is 100`,
  );
  await create({ ...onDemand, GlobalSecondaryIndexes: many(20) });
  await refused(
    update({ GlobalSecondaryIndexUpdates: [{ Create: gsi("more") }] }),
    "LimitExceededException",
    "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20",
  );
});

test("an account has at most 2,500 tables in a region", async () => {
  for (let count = 0; count < 2500; count += 1)
    await create({ TableName: `t${String(count).padStart(4, "0")}`, ...onDemand });
  await refused(
    create(onDemand),
    "LimitExceededException",
    "Subscriber limit exceeded: There is a limit of 2500 tables per subscriber",
  );
});
