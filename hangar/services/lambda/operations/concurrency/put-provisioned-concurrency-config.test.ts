// Provisioned concurrency: environments that wait, what is too much for them, and where they go with an alias.

import {
  CreateAliasCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
beforeAll(async () => {
  at = await startLambdaCloud("provisioned");
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const code = (version: number): Record<string, string> => ({
  "index.js": `const loaded = Date.now();
exports.handler = async ({ wait = 0 }) => {
  await new Promise((done) => setTimeout(done, wait));
  return { version: ${version}, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE, process: process.pid, loaded };
};`,
});

type Answer = { readonly version: number; readonly type: string; readonly process: number; readonly loaded: number };

async function published(FunctionName: string, files = code(1)): Promise<void> {
  await makeFunction(at, FunctionName, files, { Timeout: 20 });
  await at.lambda.send(new PublishVersionCommand({ FunctionName }));
}

const put = (FunctionName: string, Qualifier: string, ProvisionedConcurrentExecutions: number): Promise<unknown> =>
  at.lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }),
  );
const get = (FunctionName: string, Qualifier: string): Promise<unknown> =>
  at.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier }));
const ask = async (name: string, Qualifier: string, wait = 0): Promise<Answer> =>
  (await run(at, name, { wait }, { Qualifier })).json as Answer;

test("environments are ready before the first invocation, and what is more runs on demand", async () => {
  await published("ready");
  expect(await put("ready", "1", 1)).toMatchObject({
    Status: "IN_PROGRESS",
    AllocatedProvisionedConcurrentExecutions: 0,
  });
  await at.cloud.settle();
  expect(await get("ready", "1")).toMatchObject({ Status: "READY", AvailableProvisionedConcurrentExecutions: 1 });
  const before = Date.now();
  const both = await Promise.all([ask("ready", "1", 300), ask("ready", "1", 300)]);
  expect(both.map((each) => each.type).toSorted()).toEqual(["on-demand", "provisioned-concurrency"]);
  const own = both.find((each) => each.type === "provisioned-concurrency");
  expect(own?.loaded).toBeLessThan(before);
  expect((await ask("ready", "$LATEST")).type).toBe("on-demand");
  expect((await ask("ready", "1")).process).toBe(own?.process);
  await at.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: "ready", Qualifier: "1" }));
  expect((await ask("ready", "1")).type).toBe("on-demand");
});

test("what is provisioned is taken from what is reserved", async () => {
  await published("narrow");
  await at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "narrow", ReservedConcurrentExecutions: 1 }));
  await put("narrow", "1", 1);
  await at.cloud.settle();
  expect((await ask("narrow", "1")).type).toBe("provisioned-concurrency");
  await expect(run(at, "narrow")).rejects.toMatchObject({
    name: "TooManyRequestsException",
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });
});

test("environments move with their alias, and a version is provisioned once", async () => {
  await published("moves");
  await at.lambda.send(new CreateAliasCommand({ FunctionName: "moves", Name: "live", FunctionVersion: "1" }));
  await put("moves", "live", 1);
  await at.cloud.settle();
  expect(await ask("moves", "live")).toMatchObject({ version: 1, type: "provisioned-concurrency" });
  await expect(put("moves", "1", 1)).rejects.toMatchObject({
    name: "ResourceConflictException",
    message: "Version is pointed by a Provisioned Concurrency alias",
  });
  await at.lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName: "moves", ZipFile: archive(code(2)), Publish: true }),
  );
  await put("moves", "2", 1);
  await at.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: "moves", Qualifier: "2" }));
  await at.lambda.send(new UpdateAliasCommand({ FunctionName: "moves", Name: "live", FunctionVersion: "2" }));
  expect(await get("moves", "live")).toMatchObject({ Status: "IN_PROGRESS" });
  await at.cloud.settle();
  expect(await ask("moves", "live")).toMatchObject({ version: 2, type: "provisioned-concurrency" });
  expect((await ask("moves", "1")).type).toBe("on-demand");
});

test("a function that cannot be loaded fails to be provisioned", async () => {
  await published("broken", { "index.js": "throw new Error('no')" });
  await put("broken", "1", 1);
  await at.cloud.settle();
  expect(await get("broken", "1")).toMatchObject({
    Status: "FAILED",
    StatusReason: "FUNCTION_ERROR_INIT_FAILURE",
    AllocatedProvisionedConcurrentExecutions: 0,
  });
});

test("the account keeps a hundred", async () => {
  await published("many");
  await expect(put("many", "1", 1001)).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Specified ConcurrentExecutions for function is greater than account's unreserved concurrency \[\d+\]\.$/,
    ),
  });
  await expect(put("many", "1", 950)).rejects.toMatchObject({
    message:
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
});
