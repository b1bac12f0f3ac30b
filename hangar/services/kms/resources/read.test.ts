// Keys and aliases read by CloudFormation's handlers, through Cloud Control.

import { CloudControlClient, GetResourceCommand, ResourceNotFoundException } from "@aws-sdk/client-cloudcontrol";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let control: CloudControlClient;
let kms: KMSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  control = new CloudControlClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  kms = new KMSClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function read(TypeName: string, Identifier: string): Promise<unknown> {
  const { ResourceDescription } = await control.send(new GetResourceCommand({ TypeName, Identifier }));
  return JSON.parse(ResourceDescription?.Properties ?? "");
}

test("an alias is found behind a hundred others", async () => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const TargetKeyId = KeyMetadata?.KeyId;
  const names = Array.from({ length: 101 }, (_, index) => `alias/${String(index).padStart(3, "0")}`);
  for (const AliasName of names) await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
  expect(await read("AWS::KMS::Alias", "alias/100")).toEqual({ AliasName: "alias/100", TargetKeyId });
});

test("what was never made is not found", async () => {
  await expect(read("AWS::KMS::Alias", "alias/none")).rejects.toBeInstanceOf(ResourceNotFoundException);
  await expect(read("AWS::KMS::Key", "11111111-2222-3333-4444-555555555555")).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
});
