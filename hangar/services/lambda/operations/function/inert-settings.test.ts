// Settings without effect are kept and answered; parameters that would change what runs are refused by name.

import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const files = { "index.js": "exports.handler = async () => 1;" };
const FileSystemConfigs = [
  {
    Arn: "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0",
    LocalMountPath: "/mnt/a",
  },
];

const VpcConfig = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };

beforeAll(async () => {
  at = await startLambdaCloud("inert");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a function's file system is kept, and taken back by an empty list", async () => {
  await makeFunction(at, "files", files, { FileSystemConfigs, VpcConfig });
  const FunctionName = "files";
  expect(await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
    FileSystemConfigs,
  });
  const changed = { FunctionName, Description: "same files" };
  expect(await at.lambda.send(new UpdateFunctionConfigurationCommand(changed))).toMatchObject({ FileSystemConfigs });
  const taken = new UpdateFunctionConfigurationCommand({ FunctionName, FileSystemConfigs: [] });
  expect(await at.lambda.send(taken)).not.toHaveProperty("FileSystemConfigs");
});

const ZipFile = archive(files);
const REFUSED: readonly (readonly [string, Partial<CreateFunctionCommandInput>])[] = [
  ["PublishTo", { Publish: true, PublishTo: "LATEST_PUBLISHED" }],
  ["DurableConfig", { DurableConfig: { ExecutionTimeout: 60 } }],
  ["TenancyConfig", { TenancyConfig: { TenantIsolationMode: "PER_TENANT" } }],
  ["SourceKMSKeyArn", { Code: { ZipFile, SourceKMSKeyArn: "arn:aws:kms:us-east-1:000000000000:key/k" } }],
];

test.each(REFUSED)("%s is not emulated", async (name, more) => {
  const given = { FunctionName: "refused", Role: at.role, Runtime: "nodejs24.x", Handler: "index.handler" } as const;
  await expect(
    at.lambda.send(new CreateFunctionCommand({ ...given, Code: { ZipFile }, ...more })),
  ).rejects.toMatchObject({ name: "NotEmulated", message: expect.stringContaining(name) as string });
});

test("nor are versions of managed instances, when they are published or updated", async () => {
  await makeFunction(at, "published", files);
  const FunctionName = "published";
  const refusal = { name: "NotEmulated", message: expect.stringContaining("PublishTo") as string };
  const publish = new PublishVersionCommand({ FunctionName, PublishTo: "LATEST_PUBLISHED" });
  await expect(at.lambda.send(publish)).rejects.toMatchObject(refusal);
  const update = new UpdateFunctionCodeCommand({ FunctionName, ZipFile, PublishTo: "LATEST_PUBLISHED" });
  await expect(at.lambda.send(update)).rejects.toMatchObject(refusal);
});
