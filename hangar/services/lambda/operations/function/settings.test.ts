// What a function's settings may be, and what AWS says of others.

import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const files = { "index.js": "exports.handler = async () => 1;" };
beforeAll(async () => {
  at = await startLambdaCloud("settings");
  await makeFunction(at, "present", files);
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

type Settings = Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">;

const point = "arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-0123456789abcdef0";
const above = (value: number | string, name: string, limit: number): string =>
  `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value less than or equal to ${limit}`;
const below = (value: number, name: string, limit: number): string =>
  above(value, name, limit).replace("less", "greater");
const longer = (value: string, name: string, limit: number): string =>
  `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`;
const layer = (index: number): string => `arn:aws:lambda:us-east-1:000000000000:layer:layer-${index}:1`;

const REFUSED: readonly (readonly [Settings, string, string])[] = [
  [{ Timeout: 901 }, "ValidationException", above(901, "timeout", 900)],
  [{ Timeout: 0 }, "ValidationException", below(0, "timeout", 1)],
  [
    { MemorySize: 10_241 },
    "InvalidParameterValueException",
    "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240",
  ],
  [{ MemorySize: 127 }, "ValidationException", below(127, "memorySize", 128)],
  [{ EphemeralStorage: { Size: 511 } }, "ValidationException", below(511, "ephemeralStorage.size", 512)],
  [{ EphemeralStorage: { Size: 10_241 } }, "ValidationException", above(10_241, "ephemeralStorage.size", 10_240)],
  [{ Description: "x".repeat(257) }, "ValidationException", longer("x".repeat(257), "description", 256)],
  [{ Handler: "x".repeat(129) }, "ValidationException", longer("x".repeat(129), "handler", 128)],
  [
    { Layers: Array.from({ length: 6 }, (_, index) => layer(index)) },
    "InvalidParameterValueException",
    "Cannot reference more than 5 layers.",
  ],
  [
    { VpcConfig: { SubnetIds: ["subnet-1"] } },
    "InvalidParameterValueException",
    "SubnetIds and SecurityIds must coexist or be both empty list.",
  ],
  [
    { FileSystemConfigs: [{ Arn: point, LocalMountPath: "/mnt/a" }] },
    "InvalidParameterValueException",
    `Function must be configured to execute in a VPC to reference access point ${point}. Please update the function configuration to include VPC subnets and security groups.`,
  ],
  [
    { SnapStart: { ApplyOn: "PublishedVersions" } },
    "InvalidParameterValueException",
    "nodejs24.x is not supported for SnapStart enabled functions.",
  ],
];

test.each(REFUSED)("%o is refused, of a new function as of one that is there", async (settings, name, message) => {
  const refused = { name, message, $metadata: expect.objectContaining({ httpStatusCode: 400 }) };
  await expect(makeFunction(at, "new", files, settings)).rejects.toMatchObject(refused);
  const gone = new GetFunctionConfigurationCommand({ FunctionName: "new" });
  await expect(at.lambda.send(gone)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  const before = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "present" }));
  const update = new UpdateFunctionConfigurationCommand({ FunctionName: "present", ...settings });
  await expect(at.lambda.send(update)).rejects.toMatchObject(refused);
  const after = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "present" }));
  expect(after.RevisionId).toBe(before.RevisionId);
});

test("the largest of everything is taken", async () => {
  const most = { Timeout: 900, MemorySize: 10_240, EphemeralStorage: { Size: 10_240 } };
  const texts = { Description: "x".repeat(256), Handler: "x".repeat(128) };
  const places = {
    VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
    FileSystemConfigs: [{ Arn: point, LocalMountPath: "/mnt/a" }],
  };
  await makeFunction(at, "largest", files, { ...most, ...texts, ...places });
  const found = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "largest" }));
  expect(found).toMatchObject({ ...most, ...texts });
});
