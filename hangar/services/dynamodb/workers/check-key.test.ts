// Tables whose KMS key cannot be used: what they refuse, what they show, and how they come back.

import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let client: DynamoDBClient;
let kms: KMSClient;
let KeyId = "";
const TableName = "secrets";

beforeEach(async () => {
  cloud = await startCloud({ listen: false, seed: "keys" });
  cloud.clock.hold();
  client = new DynamoDBClient(cloud.clientConfig());
  kms = new KMSClient(cloud.clientConfig());
  KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: KeyId },
    }),
  );
  await put();
});
afterEach(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const Key = { id: { S: "a" } };
const put = () => client.send(new PutItemCommand({ TableName, Item: Key }));
const get = () => client.send(new GetItemCommand({ TableName, Key })).then(({ Item }) => Item);
const shown = () =>
  client
    .send(new DescribeTableCommand({ TableName }))
    .then(({ Table }) => [Table?.TableStatus, Table?.SSEDescription] as const);
const disable = async (): Promise<void> => {
  await kms.send(new DisableKeyCommand({ KeyId }));
  await cloud.settle();
};
const disabled = () => ({
  name: "ValidationException",
  message: `KMS key disabled error: com.amazonaws.services.kms.model.DisabledException: ${KeyId} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Proxy: null)`,
});

test("with a disabled key a table serves no data, and little else changes it", async () => {
  await disable();
  for (const call of [
    put(),
    get(),
    client.send(new ScanCommand({ TableName })),
    client.send(new CreateBackupCommand({ TableName, BackupName: "backup" })),
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: "ttl" } }),
    ),
    client.send(new UpdateTableCommand({ TableName, SSESpecification: { Enabled: false } })),
  ])
    await expect(call).rejects.toMatchObject(disabled());
  expect(await shown()).toEqual([
    "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
    {
      Status: "ENABLED",
      SSEType: "KMS",
      KMSMasterKeyArn: KeyId,
      InaccessibleEncryptionDateTime: new Date(cloud.clock.now()),
    },
  ]);
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
});

test("with its key enabled again it is as it was", async () => {
  await disable();
  await kms.send(new EnableKeyCommand({ KeyId }));
  await cloud.settle();
  expect(await get()).toEqual(Key);
  expect(await shown()).toEqual(["ACTIVE", { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: KeyId }]);
});

test("a key that is to be deleted is as good as gone, also once it is kept", async () => {
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  await cloud.settle();
  await expect(get()).rejects.toMatchObject({
    message: `KMS validation error: com.amazonaws.services.kms.model.KMSInvalidStateException: ${KeyId} is pending deletion. (Service: AWSKMS; Status Code: 400; Error Code: KMSInvalidStateException; Proxy: null)`,
  });
  await kms.send(new CancelKeyDeletionCommand({ KeyId }));
  await cloud.settle();
  await expect(get()).rejects.toThrow(/^KMS/);
  await kms.send(new EnableKeyCommand({ KeyId }));
  await cloud.settle();
  expect(await get()).toEqual(Key);
});

test("where tables take their time it is noticed later, by calls before the status", async () => {
  cloud.dynamodb({ tableStates: "timed" });
  await disable();
  await cloud.clock.advance("5 minutes");
  expect(await get()).toEqual(Key);
  await cloud.clock.advance("1 minute");
  await expect(get()).rejects.toMatchObject(disabled());
  expect((await shown())[0]).toBe("ACTIVE");
  await cloud.clock.advance("7 minutes");
  expect((await shown())[0]).toBe("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
});

test("tables of other keys go on", async () => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
  await cloud.settle();
  expect(await get()).toEqual(Key);
});
