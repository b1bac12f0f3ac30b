// KMS keys: made, described, disabled, rotated, tagged and deleted on the clock, through the SDK.

import { KMS } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let kms: KMS;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "kms-keys" });
  cloud.clock.hold();
  kms = new KMS({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function newKey(input: Parameters<KMS["createKey"]>[0] = {}): Promise<{ KeyId: string; Arn: string }> {
  const { KeyMetadata } = await kms.createKey(input);
  return { KeyId: KeyMetadata?.KeyId ?? "", Arn: KeyMetadata?.Arn ?? "" };
}

test("a key is enabled, symmetric and its account's own", async () => {
  const { KeyMetadata } = await kms.createKey({ Description: "mine" });
  expect(KeyMetadata).toMatchObject({
    AWSAccountId: "000000000000",
    Enabled: true,
    Description: "mine",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: "Enabled",
    Origin: "AWS_KMS",
    KeyManager: "CUSTOMER",
    KeySpec: "SYMMETRIC_DEFAULT",
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    MultiRegion: false,
  });
  expect(KeyMetadata?.KeyId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const KeyId = KeyMetadata?.KeyId ?? "";
  await kms.updateKeyDescription({ KeyId, Description: "ours" });
  expect((await kms.describeKey({ KeyId })).KeyMetadata?.Description).toBe("ours");
  expect((await kms.listKeys({})).Keys).toContainEqual({ KeyId, KeyArn: KeyMetadata?.Arn });
});

test.each([
  ["fake-key-id", "Invalid keyId 'fake-key-id'"],
  ["134f2428cec14b25a1ae9048164dba47", "Invalid keyId '134f2428cec14b25a1ae9048164dba47'"],
  [
    "134f2428-cec1-4b25-a1ae-9048164dba47",
    "Key 'arn:aws:kms:us-east-1:000000000000:key/134f2428-cec1-4b25-a1ae-9048164dba47' does not exist",
  ],
  ["alias/none", "Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found."],
])("no key %s", async (KeyId, message) => {
  await expect(kms.describeKey({ KeyId })).rejects.toMatchObject({ name: "NotFoundException", message });
});

test("a key that is no symmetric one says what it is for", async () => {
  await expect(kms.createKey({ KeySpec: "HMAC_256" })).rejects.toMatchObject({
    name: "ValidationException",
    message: "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
  });
  await expect(kms.createKey({ KeySpec: "RSA_2048", KeyUsage: "KEY_AGREEMENT" })).rejects.toMatchObject({
    message: "KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048",
  });
});

test("a disabled key does nothing until it is enabled", async () => {
  const { KeyId, Arn } = await newKey();
  await kms.disableKey({ KeyId });
  await expect(kms.encrypt({ KeyId, Plaintext: Buffer.from("x") })).rejects.toMatchObject({
    name: "DisabledException",
    message: `${Arn} is disabled.`,
  });
  await kms.enableKey({ KeyId });
  expect((await kms.encrypt({ KeyId, Plaintext: Buffer.from("x") })).KeyId).toBe(Arn);
});

test("a key is deleted when the clock reaches its day, and not before", async () => {
  const { KeyId, Arn } = await newKey();
  await expect(kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 6 })).rejects.toMatchObject({
    name: "ValidationException",
  });
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  expect((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe("PendingDeletion");
  await expect(kms.encrypt({ KeyId, Plaintext: Buffer.from("x") })).rejects.toMatchObject({
    name: "KMSInvalidStateException",
    message: `${Arn} is pending deletion.`,
  });
  await kms.cancelKeyDeletion({ KeyId });
  expect((await kms.describeKey({ KeyId })).KeyMetadata?.KeyState).toBe("Disabled");
  await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  await cloud.clock.advance("8 days");
  await expect(kms.describeKey({ KeyId })).rejects.toMatchObject({ name: "NotFoundException" });
});

test("rotation gives new material, and what was encrypted before still opens", async () => {
  const { KeyId, Arn } = await newKey();
  expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
  await kms.enableKeyRotation({ KeyId });
  expect(await kms.getKeyRotationStatus({ KeyId })).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 365,
  });
  const old = await kms.encrypt({ KeyId, Plaintext: Buffer.from("old") });
  await cloud.clock.advance("366 days");
  await kms.rotateKeyOnDemand({ KeyId });
  await cloud.settle();
  const kinds = (await kms.listKeyRotations({ KeyId })).Rotations?.map((rotation) => rotation.RotationType);
  expect(kinds?.toSorted()).toEqual(["AUTOMATIC", "ON_DEMAND"]);
  const opened = await kms.decrypt({ CiphertextBlob: old.CiphertextBlob });
  expect([Buffer.from(opened.Plaintext ?? []).toString(), opened.KeyId]).toEqual(["old", Arn]);
  await kms.disableKeyRotation({ KeyId });
  expect((await kms.getKeyRotationStatus({ KeyId })).KeyRotationEnabled).toBe(false);
});

test("only symmetric keys rotate", async () => {
  const { KeyId } = await newKey({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
  await expect(kms.rotateKeyOnDemand({ KeyId })).rejects.toMatchObject({ name: "UnsupportedOperationException" });
});

test("tags are set, listed and unset; AWS's own prefix is refused", async () => {
  const { KeyId } = await newKey({ Tags: [{ TagKey: "a", TagValue: "1" }] });
  await kms.tagResource({ KeyId, Tags: [{ TagKey: "b", TagValue: "2" }] });
  await kms.untagResource({ KeyId, TagKeys: ["a"] });
  expect((await kms.listResourceTags({ KeyId })).Tags).toEqual([{ TagKey: "b", TagValue: "2" }]);
  await expect(kms.tagResource({ KeyId, Tags: [{ TagKey: "aws:x", TagValue: "" }] })).rejects.toMatchObject({
    name: "TagException",
    message: "Tags beginning with aws: are reserved",
  });
});

test("a key's policy decides, and must leave its owner in", async () => {
  const { KeyId } = await newKey();
  expect((await kms.listKeyPolicies({ KeyId })).PolicyNames).toEqual(["default"]);
  const { Policy = "" } = await kms.getKeyPolicy({ KeyId });
  expect(JSON.parse(Policy)).toMatchObject({
    Statement: [{ Principal: { AWS: "arn:aws:iam::000000000000:root" }, Action: "kms:*", Resource: "*" }],
  });
  await expect(kms.putKeyPolicy({ KeyId, Policy: "{" })).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
  });
  const changed = Policy.replace("Enable IAM User Permissions", "owner");
  await kms.putKeyPolicy({ KeyId, Policy: changed });
  expect((await kms.getKeyPolicy({ KeyId })).Policy).toBe(changed);
});

test("an alias leads to a key, and can lead elsewhere", async () => {
  const first = await newKey();
  const second = await newKey();
  await expect(kms.createAlias({ AliasName: "photos", TargetKeyId: first.KeyId })).rejects.toMatchObject({
    name: "ValidationException",
    message:
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
  });
  await kms.createAlias({ AliasName: "alias/photos", TargetKeyId: first.KeyId });
  await expect(kms.createAlias({ AliasName: "alias/photos", TargetKeyId: second.KeyId })).rejects.toMatchObject({
    name: "AlreadyExistsException",
    message: "An alias with the name arn:aws:kms:us-east-1:000000000000:alias/photos already exists",
  });
  expect((await kms.describeKey({ KeyId: "alias/photos" })).KeyMetadata?.Arn).toBe(first.Arn);
  await kms.updateAlias({ AliasName: "alias/photos", TargetKeyId: second.KeyId });
  expect((await kms.listAliases({ KeyId: second.KeyId })).Aliases?.map((alias) => alias.AliasName)).toEqual([
    "alias/photos",
  ]);
  await kms.deleteAlias({ AliasName: "alias/photos" });
  await expect(kms.describeKey({ KeyId: "alias/photos" })).rejects.toMatchObject({ name: "NotFoundException" });
});

test("a grant lets another do what it names, until it is revoked or retired", async () => {
  const { KeyId } = await newKey();
  const GranteePrincipal = "arn:aws:iam::000000000000:role/reader";
  const { IAM } = await import("@aws-sdk/client-iam");
  await new IAM(cloud.clientConfig()).createRole({
    RoleName: "reader",
    AssumeRolePolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    }),
  });
  const { STS } = await import("@aws-sdk/client-sts");
  const assumed = await new STS(cloud.clientConfig()).assumeRole({
    RoleArn: GranteePrincipal,
    RoleSessionName: "session",
  });
  const credentials = {
    accessKeyId: assumed.Credentials?.AccessKeyId ?? "",
    secretAccessKey: assumed.Credentials?.SecretAccessKey ?? "",
    sessionToken: assumed.Credentials?.SessionToken ?? "",
  };
  const reader = new KMS({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
  const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from("secret") });
  await expect(reader.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: "AccessDeniedException" });
  const grant = await kms.createGrant({ KeyId, GranteePrincipal, Operations: ["Decrypt"] });
  expect((await kms.listGrants({ KeyId })).Grants).toMatchObject([{ GranteePrincipal, Operations: ["Decrypt"] }]);
  expect(Buffer.from((await reader.decrypt({ CiphertextBlob })).Plaintext ?? []).toString()).toBe("secret");
  await expect(reader.encrypt({ KeyId, Plaintext: Buffer.from("x") })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  await kms.revokeGrant({ KeyId, GrantId: grant.GrantId });
  await expect(reader.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: "AccessDeniedException" });
  const RetiringPrincipal = "arn:aws:iam::000000000000:root";
  const second = await kms.createGrant({ KeyId, GranteePrincipal, RetiringPrincipal, Operations: ["Decrypt"] });
  expect((await kms.listRetirableGrants({ RetiringPrincipal })).Grants).toHaveLength(1);
  await kms.retireGrant({ GrantToken: second.GrantToken });
  expect((await kms.listGrants({ KeyId })).Grants).toEqual([]);
});
