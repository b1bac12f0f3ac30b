// Resource policies of functions: written, read, enforced.

import {
  AddPermissionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { CreateAccessKeyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
const arn = "arn:aws:lambda:us-east-1:000000000000:function:guarded";

beforeAll(async () => {
  at = await startLambdaCloud("permissions");
  await makeFunction(at, "guarded", { "index.js": "exports.handler = async () => 'in'" });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a statement has the form AWS gives it", async () => {
  const { Statement } = await at.lambda.send(
    new AddPermissionCommand({
      FunctionName: "guarded",
      StatementId: "s3",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      SourceArn: "arn:aws:s3:::bucket",
      SourceAccount: "000000000000",
    }),
  );
  const statement = {
    Sid: "s3",
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "lambda:InvokeFunction",
    Resource: arn,
    Condition: {
      StringEquals: { "AWS:SourceAccount": "000000000000" },
      ArnLike: { "AWS:SourceArn": "arn:aws:s3:::bucket" },
    },
  };
  expect(JSON.parse(Statement ?? "")).toEqual(statement);
  const { Policy } = await at.lambda.send(new GetPolicyCommand({ FunctionName: "guarded" }));
  expect(JSON.parse(Policy ?? "")).toEqual({ Version: "2012-10-17", Id: "default", Statement: [statement] });
});

test("what AWS refuses", async () => {
  const add = (more: object): Promise<unknown> =>
    at.lambda.send(
      new AddPermissionCommand({
        FunctionName: "guarded",
        StatementId: "s3",
        Action: "lambda:InvokeFunction",
        Principal: "s3.amazonaws.com",
        ...more,
      }),
    );
  await expect(add({})).rejects.toMatchObject({
    name: "ResourceConflictException",
    message:
      "The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.",
  });
  await expect(add({ Principal: "invalid.nonaws.com", StatementId: "x" })).rejects.toMatchObject({
    message: "The provided principal was invalid. Please check the principal and try again.",
  });
  await expect(add({ Qualifier: "$LATEST", StatementId: "x" })).rejects.toMatchObject({
    message: "We currently do not support adding policies for $LATEST.",
  });
  await expect(add({ Qualifier: "ghost", StatementId: "x" })).rejects.toMatchObject({
    message: `Cannot find alias arn: ${arn}:ghost`,
  });
  await expect(
    at.lambda.send(new RemovePermissionCommand({ FunctionName: "guarded", StatementId: "ghost" })),
  ).rejects.toMatchObject({ message: "Statement ghost is not found in resource policy." });
});

test("a user without a policy may not invoke, until the function's policy says so", async () => {
  const { User } = await at.iam.send(new CreateUserCommand({ UserName: "caller" }));
  const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: "caller" }));
  const lambda = new LambdaClient({
    ...at.cloud.clientConfig(),
    maxAttempts: 1,
    credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
  });
  await expect(lambda.send(new InvokeCommand({ FunctionName: "guarded" }))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `User: ${User?.Arn} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no identity-based policy allows the lambda:InvokeFunction action`,
  });
  await at.lambda.send(
    new AddPermissionCommand({
      FunctionName: "guarded",
      StatementId: "user",
      Action: "lambda:InvokeFunction",
      Principal: User?.Arn,
    }),
  );
  expect(
    Buffer.from((await lambda.send(new InvokeCommand({ FunctionName: "guarded" }))).Payload ?? []).toString(),
  ).toBe('"in"');
  await at.lambda.send(new RemovePermissionCommand({ FunctionName: "guarded", StatementId: "user" }));
  await expect(lambda.send(new InvokeCommand({ FunctionName: "guarded" }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});
