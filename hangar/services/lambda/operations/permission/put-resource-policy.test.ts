// Whole resource policies, and what the conditions of a statement let through.

import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteResourcePolicyCommand,
  GetPolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RemovePermissionCommand,
  type AddPermissionCommandInput,
} from "@aws-sdk/client-lambda";
import { get } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

let at: LambdaCloud;
let url: string;
const ResourceArn = "arn:aws:lambda:us-east-1:000000000000:function:guarded";
const Action = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"];
const statement = { Effect: "Allow", Principal: "*", Action, Resource: ResourceArn };

beforeAll(async () => {
  at = await startLambdaCloud("resource-policies");
  await makeFunction(at, "guarded", { "index.js": "exports.handler = async () => 'in'" });
  const made = await at.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: "guarded", AuthType: "NONE" }));
  url = made.FunctionUrl ?? "";
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const put = (
  Statement: unknown,
  RevisionId?: string,
): Promise<{ Policy?: string | undefined; RevisionId?: string | undefined }> =>
  at.lambda.send(
    new PutResourcePolicyCommand({
      ResourceArn,
      Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
      RevisionId,
    }),
  );
/** No resolver knows the host. */
const status = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const { host, port } = new URL(url);
    get({ host: "127.0.0.1", port, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).once("error", reject);
  });

test("a policy put takes the place of the one there is, is enforced, and is deleted whole", async () => {
  expect(await status()).toBe(403);
  const sns = { StatementId: "sns", Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
  await at.lambda.send(new AddPermissionCommand({ FunctionName: "guarded", ...sns }));
  const { Policy, RevisionId } = await put([statement]);
  const answer = { Policy, RevisionId };
  expect(JSON.parse(Policy ?? "")).toMatchObject({ Version: "2012-10-17", Statement: [statement] });
  expect(await at.lambda.send(new GetResourcePolicyCommand({ ResourceArn }))).toMatchObject(answer);
  expect(await at.lambda.send(new GetPolicyCommand({ FunctionName: "guarded" }))).toMatchObject(answer);
  expect(await status()).toBe(200);
  await expect(put([statement], "another")).rejects.toMatchObject({ name: "PreconditionFailedException" });
  await put({ ...statement, Effect: "Deny" }, RevisionId);
  expect(await status()).toBe(403);
  await at.lambda.send(new DeleteResourcePolicyCommand({ ResourceArn }));
  await expect(at.lambda.send(new GetResourcePolicyCommand({ ResourceArn }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "The resource you requested does not exist.",
  });
});

test.each([
  ["no statement", []],
  ["no principal", [{ ...statement, Principal: undefined }]],
  ["another resource", [{ ...statement, Resource: `${ResourceArn}2` }]],
])("a policy with %s is refused", async (_what, statements) => {
  await expect(put(statements)).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: expect.stringMatching(/^Policy document is malformed: /) as string,
  });
});

const CONDITIONS: readonly (readonly [Partial<AddPermissionCommandInput>, number])[] = [
  [{ FunctionUrlAuthType: "NONE" }, 200],
  [{ FunctionUrlAuthType: "AWS_IAM" }, 403],
  [{ PrincipalOrgID: "o-1234567890" }, 403],
  [{ SourceAccount: "000000000000" }, 403],
];

test.each(CONDITIONS)("a statement with %j: %i", async (more, expected) => {
  const FunctionName = "guarded";
  const url = { FunctionName, StatementId: "url", Action: "lambda:InvokeFunctionUrl", Principal: "*", ...more };
  const invoke = { FunctionName, Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true };
  await at.lambda.send(new AddPermissionCommand(url));
  await at.lambda.send(new AddPermissionCommand({ ...invoke, StatementId: "invoke" }));
  expect(await status()).toBe(expected);
  for (const StatementId of ["url", "invoke"])
    await at.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId }));
});
