// UpdateTable's rules: what goes together, what may change only so often, what an account may have.

import { DynamoDBClient, type UpdateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";
import { bad, create, described, gsi, onDemand, provisioned, refused, update } from "../test-table-updates.ts";

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
    await create(client);
    const before = await described(client);
    await refused(update(client, input), "ValidationException", bad + message);
    expect(await described(client)).toEqual(before);
  });
});

test("a table class changes twice in thirty days", async () => {
  await create(client);
  expect(await update(client, { TableClass: "STANDARD" })).toMatchObject({ TableStatus: "UPDATING" });
  expect((await described(client))?.TableClassSummary).toBeUndefined();
  await update(client, { TableClass: "STANDARD_INFREQUENT_ACCESS" });
  await update(client, { TableClass: "STANDARD" });
  const message = "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).";
  await refused(update(client, { TableClass: "STANDARD_INFREQUENT_ACCESS" }), "LimitExceededException", message);
  await cloud.clock.advance("30 days");
  await update(client, { TableClass: "STANDARD_INFREQUENT_ACCESS" });
  expect((await described(client))?.TableClassSummary).toMatchObject({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
});

describe("encryption", () => {
  const key = async (): Promise<string> => {
    const { KeyMetadata } = await new KMSClient(cloud.clientConfig()).send(new CreateKeyCommand({}));
    return KeyMetadata?.Arn ?? "";
  };

  test("changes four times a day, then once in six hours", async () => {
    await create(client);
    await refused(
      update(client, { SSESpecification: { Enabled: false } }),
      "ValidationException",
      `${bad}Table is already encrypted by default`,
    );
    const own = await key();
    const shown = await update(client, { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: own } });
    expect([shown?.TableStatus, shown?.SSEDescription]).toEqual([
      "ACTIVE",
      { Status: "UPDATING", SSEType: "KMS", KMSMasterKeyArn: own },
    ]);
    await refused(
      update(client, { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: own } }),
      "ValidationException",
      `${bad}Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key`,
    );
    await update(client, { SSESpecification: { Enabled: true } });
    await update(client, { SSESpecification: { Enabled: false } });
    await update(client, { SSESpecification: { Enabled: true } });
    const iso = (hours: number): string => new Date(cloud.clock.now() + hours * 3_600_000).toISOString();
    await refused(
      update(client, { SSESpecification: { Enabled: false } }),
      "LimitExceededException",
      `Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at ${iso(24)}. After the first 4 change, each subsequent change in the same window can be performed at most once every 21600 seconds. Number of updates today: 4. Last change at ${iso(0)}. Next changes can be made at ${iso(6)}.`,
    );
    await cloud.clock.advance("6 hours");
    await update(client, { SSESpecification: { Enabled: false } });
    expect((await described(client))?.SSEDescription).toBeUndefined();
  });

  test("wants a key that can be used", async () => {
    const own = await key();
    await new KMSClient(cloud.clientConfig()).send(new DisableKeyCommand({ KeyId: own }));
    const made = (KMSMasterKeyId: string) =>
      create(client, { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId } });
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
      create(client, { SSESpecification: { Enabled: true, KMSMasterKeyId: own } }),
      "ValidationException",
      `${bad}SSEType KMS is required if KMSMasterKeyId is specified`,
    );
    await refused(
      create(client, { SSESpecification: { Enabled: false, SSEType: "KMS" } }),
      "ValidationException",
      `${bad}SSEType can not be specified if Enabled is false`,
    );
    await expect(described(client)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

test("a table has at most 20 global indexes, 5 local ones and 100 projected attributes", async () => {
  const many = (count: number, more = {}) => Array.from({ length: count }, (_, n) => gsi(`index${n}`, more));
  await refused(
    create(client, { ...onDemand, GlobalSecondaryIndexes: many(21) }),
    "ValidationException",
    `${bad}GlobalSecondaryIndex count exceeds the per-table limit of 20`,
  );
  const wide = {
    Projection: { ProjectionType: "INCLUDE" as const, NonKeyAttributes: Array.from({ length: 20 }, (_, n) => `a${n}`) },
  };
  await refused(
    create(client, { ...onDemand, GlobalSecondaryIndexes: many(6, wide) }),
    "ValidationException",
    `${bad}The total number of projected attributes is too large: 120. The limit is 100`,
  );
  await create(client, { ...onDemand, GlobalSecondaryIndexes: many(20) });
  await refused(
    update(client, { GlobalSecondaryIndexUpdates: [{ Create: gsi("more") }] }),
    "LimitExceededException",
    "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20",
  );
});

test("an account has at most 2,500 tables in a region", async () => {
  for (let count = 0; count < 2500; count += 1)
    await create(client, { TableName: `t${String(count).padStart(4, "0")}`, ...onDemand });
  await refused(
    create(client, onDemand),
    "LimitExceededException",
    "Subscriber limit exceeded: There is a limit of 2500 tables per subscriber",
  );
});
