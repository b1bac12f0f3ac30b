// Reserved and provisioned concurrency.

import {
  DeleteFunctionConcurrencyCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const arn = "arn:aws:lambda:us-east-1:000000000000:function:narrow";

beforeAll(async () => {
  at = await startLambdaCloud("concurrency");
  await makeFunction(at, "narrow", {
    "index.js":
      "exports.handler = async (event) => { await new Promise((r) => setTimeout(r, event.wait ?? 0)); return 1 }",
  });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a reservation is put, read, enforced and deleted", async () => {
  expect(
    (await at.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "narrow" }))).ReservedConcurrentExecutions,
  ).toBeUndefined();
  expect(
    (
      await at.lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: "narrow", ReservedConcurrentExecutions: 1 }),
      )
    ).ReservedConcurrentExecutions,
  ).toBe(1);
  const [first, second] = await Promise.allSettled([
    run(at, "narrow", { wait: 200 }),
    run(at, "narrow", { wait: 200 }),
  ]);
  expect([first.status, second.status].toSorted()).toEqual(["fulfilled", "rejected"]);
  await at.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "narrow" }));
  expect(
    (await at.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: "narrow" }))).ReservedConcurrentExecutions,
  ).toBeUndefined();
  await expect(
    at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "narrow", ReservedConcurrentExecutions: 950 })),
  ).rejects.toMatchObject({
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
  await expect(
    at.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: `${arn}:1`, ReservedConcurrentExecutions: 1 })),
  ).rejects.toMatchObject({
    message: expect.stringMatching(/^This operation is permitted on Lambda functions only\./),
  });
});

test("provisioned concurrency belongs to versions and aliases", async () => {
  await at.lambda.send(new PublishVersionCommand({ FunctionName: "narrow" }));
  const put = (Qualifier: string): Promise<unknown> =>
    at.lambda.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName: "narrow",
        Qualifier,
        ProvisionedConcurrentExecutions: 2,
      }),
    );
  await expect(put("$LATEST")).rejects.toMatchObject({
    message: "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
  });
  await expect(put("ghost")).rejects.toMatchObject({ message: `Cannot find alias arn: ${arn}:ghost` });
  await expect(
    at.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: "narrow", Qualifier: "1" })),
  ).rejects.toMatchObject({
    name: "ProvisionedConcurrencyConfigNotFoundException",
    message: "No Provisioned Concurrency Config found for this function",
  });
  expect(await put("1")).toMatchObject({
    Status: "IN_PROGRESS",
    RequestedProvisionedConcurrentExecutions: 2,
    AllocatedProvisionedConcurrentExecutions: 0,
  });
  await at.cloud.settle();
  expect(
    await at.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: "narrow", Qualifier: "1" })),
  ).toMatchObject({ Status: "READY", AllocatedProvisionedConcurrentExecutions: 2 });
  expect(
    (
      await at.lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName: "narrow" }))
    ).ProvisionedConcurrencyConfigs?.map((each) => each.FunctionArn),
  ).toEqual([`${arn}:1`]);
  await at.lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName: "narrow", Qualifier: "1" }));
  await expect(
    at.lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName: "narrow", Qualifier: "1" })),
  ).rejects.toMatchObject({ name: "ProvisionedConcurrencyConfigNotFoundException" });
});
