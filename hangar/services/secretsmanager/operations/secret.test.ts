// Secrets, their versions and stages, deletion on the clock, policies and rotation, through the SDK.

import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let secrets: SecretsManager;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "secrets" });
  cloud.clock.hold();
  secrets = new SecretsManager({ ...cloud.clientConfig(), maxAttempts: 1 });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a secret is created, read, changed and described", async () => {
  const made = await secrets.createSecret({ Name: "app/db", SecretString: "one", Description: "the db" });
  expect(made.ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:app\/db-[A-Za-z0-9]{6}$/);
  await expect(secrets.createSecret({ Name: "app/db", SecretString: "x" })).rejects.toMatchObject({
    name: "ResourceExistsException",
    message: "The operation failed because the secret app/db already exists.",
  });
  expect(await secrets.getSecretValue({ SecretId: "app/db" })).toMatchObject({
    Name: "app/db",
    SecretString: "one",
    VersionId: made.VersionId,
    VersionStages: ["AWSCURRENT"],
  });
  const put = await secrets.putSecretValue({ SecretId: "app/db", SecretString: "two" });
  const previous = await secrets.getSecretValue({ SecretId: "app/db", VersionStage: "AWSPREVIOUS" });
  expect([previous.SecretString, previous.VersionId]).toEqual(["one", made.VersionId]);
  await secrets.updateSecret({ SecretId: "app/db", Description: "changed" });
  expect(await secrets.describeSecret({ SecretId: "app/db" })).toMatchObject({
    Description: "changed",
    VersionIdsToStages: { [made.VersionId ?? ""]: ["AWSPREVIOUS"], [put.VersionId ?? ""]: ["AWSCURRENT"] },
  });
  expect((await secrets.getSecretValue({ SecretId: made.ARN })).SecretString).toBe("two");
  const listed = await secrets.listSecretVersionIds({ SecretId: "app/db" });
  expect(new Set(listed.Versions?.map((version) => version.VersionId))).toEqual(
    new Set([made.VersionId, put.VersionId]),
  );
});

test("a token makes a request again safe, and another value refused", async () => {
  const ClientRequestToken = "0b4ad2f1-6f3a-4a3c-9a53-7a8ab7cb1111";
  await secrets.createSecret({ Name: "token", SecretString: "v", ClientRequestToken });
  const again = await secrets.putSecretValue({ SecretId: "token", SecretString: "v", ClientRequestToken });
  expect(again.VersionId).toBe(ClientRequestToken);
  await expect(
    secrets.putSecretValue({ SecretId: "token", SecretString: "other", ClientRequestToken }),
  ).rejects.toMatchObject({ name: "ResourceExistsException" });
});

test("bytes are kept as bytes", async () => {
  await secrets.createSecret({ Name: "bytes", SecretBinary: Buffer.from([0, 255, 1]) });
  const got = await secrets.getSecretValue({ SecretId: "bytes" });
  expect([[...(got.SecretBinary ?? [])], got.SecretString]).toEqual([[0, 255, 1], undefined]);
});

test.each([
  [{ SecretId: "nothing" }, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."],
  [
    { SecretId: "stages", VersionStage: "AWSPREVIOUS" },
    "ResourceNotFoundException",
    "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
  ],
])("no value %o", async (input, name, message) => {
  await secrets.createSecret({ Name: `stages`, SecretString: "v" }).catch(() => undefined);
  await expect(secrets.getSecretValue(input)).rejects.toMatchObject({ name, message });
});

test("a stage moves between versions", async () => {
  const SecretId = "moving";
  const first = await secrets.createSecret({ Name: SecretId, SecretString: "1" });
  const second = await secrets.putSecretValue({ SecretId, SecretString: "2", VersionStages: ["AWSPENDING"] });
  expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe("1");
  await secrets.updateSecretVersionStage({
    SecretId,
    VersionStage: "AWSCURRENT",
    MoveToVersionId: second.VersionId,
    RemoveFromVersionId: first.VersionId,
  });
  expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe("2");
});

test("a deleted secret can be restored until its window ends", async () => {
  const SecretId = "doomed";
  await secrets.createSecret({ Name: SecretId, SecretString: "v" });
  await secrets.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  await expect(secrets.getSecretValue({ SecretId })).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: "You can't perform this operation on the secret because it was marked for deletion.",
  });
  await expect(secrets.createSecret({ Name: SecretId })).rejects.toMatchObject({
    message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
  });
  await secrets.restoreSecret({ SecretId });
  expect((await secrets.getSecretValue({ SecretId })).SecretString).toBe("v");
  await secrets.deleteSecret({ SecretId, RecoveryWindowInDays: 7 });
  await cloud.clock.advance("8 days");
  await expect(secrets.describeSecret({ SecretId })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await secrets.createSecret({ Name: SecretId, SecretString: "again" });
  await secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
  await expect(secrets.describeSecret({ SecretId })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("secrets are listed by filter, and fetched together", async () => {
  await secrets.createSecret({ Name: "list/a", SecretString: "a", Tags: [{ Key: "t", Value: "x" }] });
  await secrets.createSecret({ Name: "list/b", SecretString: "b" });
  const listed = await secrets.listSecrets({ Filters: [{ Key: "name", Values: ["list/"] }] });
  expect(listed.SecretList?.map((secret) => secret.Name).toSorted()).toEqual(["list/a", "list/b"]);
  const batch = await secrets.batchGetSecretValue({ SecretIdList: ["list/a", "list/b", "list/c"] });
  expect(batch.SecretValues?.map((value) => value.SecretString).toSorted()).toEqual(["a", "b"]);
  expect(batch.Errors).toMatchObject([{ SecretId: "list/c", ErrorCode: "ResourceNotFoundException" }]);
  await secrets.tagResource({ SecretId: "list/b", Tags: [{ Key: "t", Value: "y" }] });
  await secrets.untagResource({ SecretId: "list/a", TagKeys: ["t"] });
  const tagged = await secrets.listSecrets({ Filters: [{ Key: "tag-key", Values: ["t"] }] });
  expect(tagged.SecretList?.map((secret) => secret.Name)).toEqual(["list/b"]);
});

test("a resource policy is kept, and must be a policy", async () => {
  const SecretId = "shared";
  const { ARN } = await secrets.createSecret({ Name: SecretId, SecretString: "v" });
  const ResourcePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::000000000000:root" },
        Action: "secretsmanager:GetSecretValue",
        Resource: "*",
      },
    ],
  });
  await secrets.putResourcePolicy({ SecretId, ResourcePolicy });
  expect(await secrets.getResourcePolicy({ SecretId })).toMatchObject({ ARN, ResourcePolicy });
  expect((await secrets.validateResourcePolicy({ SecretId, ResourcePolicy })).PolicyValidationPassed).toBe(true);
  await expect(secrets.putResourcePolicy({ SecretId, ResourcePolicy: "{" })).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
  });
  await secrets.deleteResourcePolicy({ SecretId });
  expect((await secrets.getResourcePolicy({ SecretId })).ResourcePolicy).toBeUndefined();
});

test("random passwords have what was asked for and nothing else", async () => {
  const { RandomPassword = "" } = await secrets.getRandomPassword({
    PasswordLength: 64,
    ExcludePunctuation: true,
    ExcludeUppercase: true,
    ExcludeCharacters: "abc",
  });
  expect(RandomPassword).toMatch(/^[d-z0-9]{64}$/);
  await expect(secrets.getRandomPassword({ PasswordLength: 5000 })).rejects.toMatchObject({
    name: "ValidationException",
  });
});

test("a secret rotates only through a function that may be called", async () => {
  const SecretId = "rotating";
  await secrets.createSecret({ Name: SecretId, SecretString: "v" });
  await expect(secrets.rotateSecret({ SecretId })).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: "No Lambda rotation function ARN is associated with this secret.",
  });
  await expect(
    secrets.rotateSecret({
      SecretId,
      RotationLambdaARN: "arn:aws:lambda:us-east-1:000000000000:function:none",
      RotationRules: { AutomaticallyAfterDays: 1 },
    }),
  ).rejects.toMatchObject({
    name: "AccessDeniedException",
    message:
      "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
  });
  expect((await secrets.describeSecret({ SecretId })).RotationEnabled).not.toBe(true);
});

test("only a secret that rotates can stop rotating", async () => {
  await secrets.createSecret({ Name: "still", SecretString: "v" });
  await expect(secrets.cancelRotateSecret({ SecretId: "still" })).rejects.toMatchObject({
    name: "InvalidRequestException",
  });
});
