// Functions as they are created, read, changed and deleted: defaults, exact errors, tags and settings.

import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
} from "@aws-sdk/client-lambda";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const arn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
const code = { "index.js": "exports.handler = async () => process.env.WHO ?? 1" };

beforeAll(async () => {
  at = await startLambdaCloud("create-function");
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

function input(more: Partial<CreateFunctionCommandInput>): CreateFunctionCommandInput {
  return {
    FunctionName: "refused",
    Role: at.role,
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Code: { ZipFile: archive(code) },
    ...more,
  };
}

/** An archive whose directory claims so many bytes for its one file. */
function saidToBe(size: number): Uint8Array {
  const bytes = Buffer.from(archive({ "index.js": "x" }));
  bytes.writeUInt32LE(size, bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24);
  return bytes;
}

test("a new function is pending in the answer and active when it is read, with AWS's defaults", async () => {
  const { $metadata, ...created } = await at.lambda.send(new CreateFunctionCommand(input({ FunctionName: "fresh" })));
  expect($metadata.httpStatusCode).toBe(201);
  const expected = {
    Architectures: ["x86_64"],
    CodeSha256: created.CodeSha256,
    CodeSize: archive(code).length,
    Description: "",
    EphemeralStorage: { Size: 512 },
    FunctionArn: arn("fresh"),
    FunctionName: "fresh",
    Handler: "index.handler",
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
    LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/fresh" },
    MemorySize: 128,
    PackageType: "Zip",
    RevisionId: created.RevisionId,
    Role: at.role,
    Runtime: "nodejs24.x",
    RuntimeVersionConfig: {
      RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/),
    },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    Timeout: 3,
    TracingConfig: { Mode: "PassThrough" },
    Version: "$LATEST",
  };
  expect(created).toEqual({
    ...expected,
    State: "Pending",
    StateReason: "The function is being created.",
    StateReasonCode: "Creating",
  });
  const { Configuration, Code } = await at.lambda.send(new GetFunctionCommand({ FunctionName: "fresh" }));
  expect(Configuration).toEqual({ ...expected, State: "Active", LastUpdateStatus: "Successful" });
  expect(Code?.RepositoryType).toBe("S3");
  const fetched = await fetch(Code?.Location ?? "");
  expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.from(archive(code)));
});

test("what AWS refuses is refused in its words", async () => {
  await at.iam.send(
    new CreateRoleCommand({
      RoleName: "for-ec2",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    }),
  );
  const cases: readonly (readonly [Partial<CreateFunctionCommandInput>, string, string | RegExp])[] = [
    [{ FunctionName: "fresh" }, "ResourceConflictException", "Function already exist: fresh"],
    [
      { FunctionName: arn("far").replace("us-east-1", "eu-west-1") },
      "ResourceNotFoundException",
      "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    ],
    [
      { Runtime: "nodejs12.x" },
      "InvalidParameterValueException",
      /^The runtime parameter of nodejs12\.x is no longer supported/,
    ],
    [
      { Runtime: "cobol85" as never },
      "InvalidParameterValueException",
      /^Value cobol85 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[nodejs20\.x,.* or be a valid ARN$/,
    ],
    [
      { Role: "arn:aws:iam::000000000000:role/ghost" },
      "InvalidParameterValueException",
      "The role defined for the function cannot be assumed by Lambda.",
    ],
    [
      { Role: "arn:aws:iam::000000000000:role/for-ec2" },
      "InvalidParameterValueException",
      "The role defined for the function cannot be assumed by Lambda.",
    ],
    [
      { Role: "r1" },
      "ValidationException",
      /^1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint/,
    ],
    [
      { Code: { ZipFile: Buffer.from("no zip") } },
      "InvalidParameterValueException",
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    ],
    [
      { Code: { ZipFile: archive({ "../outside.js": "x" }) } },
      "InvalidParameterValueException",
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    ],
    [
      { Code: { ZipFile: saidToBe(262_144_001) } },
      "InvalidParameterValueException",
      "Unzipped size must be smaller than 262144000 bytes",
    ],
    [
      { Environment: { Variables: { AWS_REGION: "x" } } },
      "InvalidParameterValueException",
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    [
      { Environment: { Variables: { LARGE: "x".repeat(4096) } } },
      "InvalidParameterValueException",
      /exceeded the 4KB limit\. String measured: \{"LARGE":"xxx/,
    ],
    [
      { Layers: ["arn:aws:lambda:us-east-1:000000000000:layer:ghost:1"] },
      "InvalidParameterValueException",
      "Layer version arn:aws:lambda:us-east-1:000000000000:layer:ghost:1 does not exist.",
    ],
    [
      { Code: { ImageUri: "x" } },
      "InvalidParameterValueException",
      "Please don't provide ImageUri when creating a function with packageType Zip.",
    ],
  ];
  for (const [more, name, message] of cases) {
    await expect(at.lambda.send(new CreateFunctionCommand(input(more)))).rejects.toMatchObject({
      name,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  }
});

test("new code and configuration are what the next invocation runs", async () => {
  await makeFunction(at, "changing", code);
  expect((await run(at, "changing")).json).toBe(1);
  const before = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "changing" }));
  const updated = await at.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: "changing",
      Environment: { Variables: { WHO: "me" } },
      Timeout: 5,
      Description: "changed",
    }),
  );
  expect(updated).toMatchObject({
    State: "Active",
    LastUpdateStatus: "InProgress",
    LastUpdateStatusReason: "The function is being created.",
    LastUpdateStatusReasonCode: "Creating",
    Timeout: 5,
    Environment: { Variables: { WHO: "me" } },
  });
  expect(updated.RevisionId).not.toBe(before.RevisionId);
  expect((await run(at, "changing")).json).toBe("me");
  await at.lambda.send(
    new UpdateFunctionCodeCommand({
      FunctionName: "changing",
      ZipFile: archive({ "index.js": "exports.handler = async () => 'new'" }),
    }),
  );
  expect((await run(at, "changing")).json).toBe("new");
  await expect(
    at.lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: "changing",
        ZipFile: archive(code),
        RevisionId: before.RevisionId,
      }),
    ),
  ).rejects.toMatchObject({
    name: "PreconditionFailedException",
    message:
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
  });
});

test("a function is named by name, partial ARN or ARN, and the qualifiers must agree", async () => {
  for (const name of ["fresh", arn("fresh"), "000000000000:function:fresh", "function:fresh"]) {
    expect((await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).FunctionName).toBe(
      "fresh",
    );
  }
  expect(
    (await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "fresh", Qualifier: "$LATEST" })))
      .FunctionArn,
  ).toBe(arn("fresh:$LATEST"));
  await expect(
    at.lambda.send(new GetFunctionCommand({ FunctionName: arn("fresh:$LATEST"), Qualifier: "1" })),
  ).rejects.toMatchObject({
    message: "The derived qualifier from the function name does not match the specified qualifier.",
  });
  await expect(
    at.lambda.send(new GetFunctionCommand({ FunctionName: arn("fresh").replace("us-east-1", "eu-west-1") })),
  ).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
  });
});

test("tags, settings and lists", async () => {
  await makeFunction(at, "tagged", code, { Tags: { a: "1" } });
  await at.lambda.send(new TagResourceCommand({ Resource: arn("tagged"), Tags: { b: "2" } }));
  await at.lambda.send(new UntagResourceCommand({ Resource: arn("tagged"), TagKeys: ["a"] }));
  expect((await at.lambda.send(new ListTagsCommand({ Resource: arn("tagged") }))).Tags).toEqual({ b: "2" });
  await expect(at.lambda.send(new TagResourceCommand({ Resource: arn("tagged"), Tags: {} }))).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: "An error occurred and the request cannot be processed.",
  });
  await expect(at.lambda.send(new ListTagsCommand({ Resource: arn("ghost") }))).rejects.toMatchObject({
    message: `Function not found: ${arn("ghost")}`,
  });
  expect((await at.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName: "tagged" }))).RecursiveLoop).toBe(
    "Terminate",
  );
  await at.lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName: "tagged", RecursiveLoop: "Allow" }));
  expect((await at.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName: "tagged" }))).RecursiveLoop).toBe(
    "Allow",
  );
  await at.lambda.send(
    new PutRuntimeManagementConfigCommand({ FunctionName: "tagged", UpdateRuntimeOn: "FunctionUpdate" }),
  );
  expect(await at.lambda.send(new GetRuntimeManagementConfigCommand({ FunctionName: "tagged" }))).toMatchObject({
    UpdateRuntimeOn: "FunctionUpdate",
    FunctionArn: arn("tagged:$LATEST"),
  });
  const { AccountLimit, AccountUsage } = await at.lambda.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 });
  const all = await at.lambda.send(new ListFunctionsCommand({}));
  expect(AccountUsage?.FunctionCount).toBe(all.Functions?.length);
  const first = await at.lambda.send(new ListFunctionsCommand({ MaxItems: 1 }));
  const second = await at.lambda.send(new ListFunctionsCommand({ MaxItems: 1, Marker: first.NextMarker }));
  expect([first.Functions?.[0]?.FunctionName, second.Functions?.[0]?.FunctionName]).toEqual(["changing", "fresh"]);
  expect(first.Functions?.[0]?.State).toBeUndefined();
});

test("a deleted function is gone", async () => {
  await makeFunction(at, "doomed", code);
  await at.lambda.send(new DeleteFunctionCommand({ FunctionName: "doomed" }));
  await expect(run(at, "doomed")).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `Function not found: ${arn("doomed")}:$LATEST`,
  });
  await expect(at.lambda.send(new DeleteFunctionCommand({ FunctionName: "doomed" }))).rejects.toMatchObject({
    message: `Function not found: ${arn("doomed")}`,
  });
  await expect(
    at.lambda.send(new DeleteFunctionCommand({ FunctionName: "fresh", Qualifier: "$LATEST" })),
  ).rejects.toMatchObject({ message: "$LATEST version cannot be deleted without deleting the function." });
});
