// Published versions, aliases and their weights.

import {
  CreateAliasCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionUrlConfigsCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const arn = "arn:aws:lambda:us-east-1:000000000000:function:versions";
const code = {
  "index.js":
    "exports.handler = async (event, context) => process.env.STAGE + ' ' + context.functionVersion + ' ' + context.invokedFunctionArn.split(':').slice(7)",
};

beforeAll(async () => {
  at = await startLambdaCloud("versions");
  await makeFunction(at, "versions", code, { Environment: { Variables: { STAGE: "one" } } });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const publish = async (): Promise<string | undefined> =>
  (await at.lambda.send(new PublishVersionCommand({ FunctionName: "versions" }))).Version;

test("a version keeps its configuration, and nothing new makes no new version", async () => {
  const first = await at.lambda.send(new PublishVersionCommand({ FunctionName: "versions", Description: "first" }));
  expect(first).toMatchObject({
    Version: "1",
    FunctionArn: `${arn}:1`,
    Description: "first",
    State: "Active",
    LastUpdateStatus: "Successful",
  });
  expect(await publish()).toBe("1");
  await at.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: "versions", Environment: { Variables: { STAGE: "two" } } }),
  );
  expect(await publish()).toBe("2");
  expect((await run(at, "versions", {}, { Qualifier: "1" })).json).toBe("one 1 1");
  const second = await run(at, `${arn}:2`);
  expect([second.json, second.ExecutedVersion]).toEqual(["two 2 2", "2"]);
  expect((await run(at, "versions")).json).toBe("two $LATEST ");
  const { Versions = [] } = await at.lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "versions" }));
  expect(Versions.map((version) => version.FunctionArn)).toEqual([`${arn}:$LATEST`, `${arn}:1`, `${arn}:2`]);
});

test("Publish on creation makes version 1", async () => {
  const created = await at.lambda.send(
    new CreateFunctionCommand({
      FunctionName: "published",
      Role: at.role,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code: { ZipFile: archive(code) },
      Publish: true,
    }),
  );
  expect([created.Version, created.FunctionArn]).toEqual([
    "1",
    "arn:aws:lambda:us-east-1:000000000000:function:published",
  ]);
});

test("a wrong hash or revision publishes nothing", async () => {
  await expect(
    at.lambda.send(new PublishVersionCommand({ FunctionName: "versions", CodeSha256: "wrong" })),
  ).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: expect.stringMatching(/^CodeSHA256 \(wrong\) is different from current CodeSHA256 in \$LATEST/),
  });
  await expect(
    at.lambda.send(new PublishVersionCommand({ FunctionName: "versions", RevisionId: "wrong" })),
  ).rejects.toMatchObject({ name: "PreconditionFailedException" });
});

test("an alias runs its version, may be moved, and shares out calls by weight", async () => {
  const created = await at.lambda.send(
    new CreateAliasCommand({ FunctionName: "versions", Name: "live", FunctionVersion: "1" }),
  );
  expect(created).toMatchObject({ AliasArn: `${arn}:live`, Name: "live", FunctionVersion: "1", Description: "" });
  const called = await run(at, "versions", {}, { Qualifier: "live" });
  expect([called.json, called.ExecutedVersion]).toEqual(["one 1 live", "1"]);
  const moved = await at.lambda.send(
    new UpdateAliasCommand({
      FunctionName: "versions",
      Name: "live",
      FunctionVersion: "2",
      RoutingConfig: { AdditionalVersionWeights: { "1": 0.5 } },
    }),
  );
  expect(moved).toMatchObject({ FunctionVersion: "2", RoutingConfig: { AdditionalVersionWeights: { "1": 0.5 } } });
  const versions = new Set<string>();
  for (let index = 0; index < 20; index += 1)
    versions.add((await run(at, "versions", {}, { Qualifier: "live" })).ExecutedVersion ?? "");
  expect(versions).toEqual(new Set(["1", "2"]));
  expect(
    (await at.lambda.send(new ListAliasesCommand({ FunctionName: "versions", FunctionVersion: "1" }))).Aliases?.map(
      (alias) => alias.Name,
    ),
  ).toEqual(["live"]);
  await expect(
    at.lambda.send(new DeleteFunctionCommand({ FunctionName: "versions", Qualifier: "1" })),
  ).rejects.toMatchObject({ name: "ResourceConflictException" });
  await at.lambda.send(new DeleteAliasCommand({ FunctionName: "versions", Name: "live" }));
  await expect(at.lambda.send(new GetAliasCommand({ FunctionName: "versions", Name: "live" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `Cannot find alias arn: ${arn}:live`,
  });
});

test("routing that AWS refuses", async () => {
  const create = (FunctionVersion: string, weights: Record<string, number>): Promise<unknown> =>
    at.lambda.send(
      new CreateAliasCommand({
        FunctionName: "versions",
        Name: "bad",
        FunctionVersion,
        RoutingConfig: { AdditionalVersionWeights: weights },
      }),
    );
  await expect(create("1", { "1": 0.5 })).rejects.toMatchObject({
    message: "Invalid function version 1. Function version 1 is already included in routing configuration.",
  });
  await expect(create("1", { "2": 0.5, "3": 0.1 })).rejects.toMatchObject({
    message: "Number of items in AdditionalVersionWeights cannot be greater than 1",
  });
  await expect(create("$LATEST", { "2": 0.5 })).rejects.toMatchObject({
    message: "$LATEST is not supported for an alias pointing to more than 1 version",
  });
  await expect(create("10", {})).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: `Function not found: ${arn}:10`,
  });
});

test("an alias takes its URL with it, a version its settings", async () => {
  const FunctionName = "leaves-nothing";
  await makeFunction(at, FunctionName, code, { Publish: true });
  const named = { FunctionName, Name: "live", FunctionVersion: "1" };
  await at.lambda.send(new CreateAliasCommand(named));
  const url = { FunctionName, Qualifier: "live", AuthType: "NONE" } as const;
  await at.lambda.send(new CreateFunctionUrlConfigCommand(url));
  await at.lambda.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName, Qualifier: "1", MaximumRetryAttempts: 0 }),
  );
  await at.lambda.send(new DeleteAliasCommand(named));
  expect((await at.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName }))).FunctionUrlConfigs).toEqual([]);
  await at.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: "1" }));
  const { FunctionEventInvokeConfigs } = await at.lambda.send(
    new ListFunctionEventInvokeConfigsCommand({ FunctionName }),
  );
  expect(FunctionEventInvokeConfigs).toEqual([]);
});
