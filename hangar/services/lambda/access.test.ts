// IAM condition keys of Lambda's calls, by statements that deny.

import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  CreateCodeSigningConfigCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  DeleteFunctionUrlConfigCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./engine/test-cloud.ts";

let at: LambdaCloud;
let lambda: LambdaClient;
let layer: string;
let signing: string;

beforeAll(async () => {
  at = await startLambdaCloud("conditions");
  await makeFunction(at, "present", { "index.js": "exports.handler = async () => 1;" });
  await at.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: "present", AuthType: "AWS_IAM" }));
  const Content = { ZipFile: archive({ "nodejs/a.js": "" }) };
  layer = (await at.lambda.send(new PublishLayerVersionCommand({ LayerName: "own", Content }))).LayerVersionArn ?? "";
  const publisher = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/own/abcdefghij";
  const AllowedPublishers = { SigningProfileVersionArns: [publisher] };
  const made = await at.lambda.send(new CreateCodeSigningConfigCommand({ AllowedPublishers }));
  signing = made.CodeSigningConfig?.CodeSigningConfigArn ?? "";
  await at.iam.send(new CreateUserCommand({ UserName: "deployer" }));
  const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: "deployer" }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  lambda = new LambdaClient({ ...at.cloud.clientConfig(), maxAttempts: 1, credentials });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function deny(Condition: object): Promise<void> {
  const Statement = [
    { Effect: "Allow", Action: ["lambda:*", "iam:PassRole"], Resource: "*" },
    { Effect: "Deny", Action: "lambda:*", Resource: "*", Condition },
  ];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await at.iam.send(new PutUserPolicyCommand({ UserName: "deployer", PolicyName: "own", PolicyDocument }));
}

const create = (more: object): Promise<unknown> =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName: "made",
      Role: at.role,
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Code: { ZipFile: archive({ "index.js": "" }) },
      ...more,
    }),
  );
const update = (more: object): Promise<unknown> =>
  lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "present", ...more }));
const permit = (more: object): Promise<unknown> =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName: "present",
      StatementId: "s",
      Action: "lambda:InvokeFunctionUrl",
      Principal: "*",
      ...more,
    }),
  );

const denied = { name: "AccessDeniedException", message: expect.stringContaining("explicit deny") as string };

test("lambda:Layer, of a function made or changed", async () => {
  await deny({ "ForAnyValue:StringLike": { "lambda:Layer": "arn:aws:lambda:*:layer:own:*" } });
  await expect(create({ Layers: [layer] })).rejects.toMatchObject(denied);
  await expect(update({ Layers: [layer] })).rejects.toMatchObject(denied);
  await update({ Layers: [] });
});

test("lambda:SubnetIds and lambda:SecurityGroupIds", async () => {
  const VpcConfig = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };
  await deny({ "ForAnyValue:StringEquals": { "lambda:SubnetIds": "subnet-1" } });
  await expect(create({ VpcConfig })).rejects.toMatchObject(denied);
  await deny({ "ForAnyValue:StringEquals": { "lambda:SecurityGroupIds": "sg-1" } });
  await expect(update({ VpcConfig })).rejects.toMatchObject(denied);
  await update({ Description: "no network" });
});

test("lambda:CodeSigningConfigArn: functions that are made without one", async () => {
  await deny({ Null: { "lambda:CodeSigningConfigArn": "true" } });
  await expect(create({})).rejects.toMatchObject(denied);
  await create({ CodeSigningConfigArn: signing });
});

test("lambda:FunctionUrlAuthType, of a URL to be made, one that is there, and a permission", async () => {
  await deny({ StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } });
  const open = new CreateFunctionUrlConfigCommand({ FunctionName: "present", AuthType: "NONE" });
  await expect(lambda.send(open)).rejects.toMatchObject(denied);
  await expect(permit({ FunctionUrlAuthType: "NONE" })).rejects.toMatchObject(denied);
  await permit({ FunctionUrlAuthType: "AWS_IAM" });
  await deny({ StringEquals: { "lambda:FunctionUrlAuthType": "AWS_IAM" } });
  const removal = new DeleteFunctionUrlConfigCommand({ FunctionName: "present" });
  await expect(lambda.send(removal)).rejects.toMatchObject(denied);
});

test("lambda:FunctionArn of a URL", async () => {
  await deny({ ArnLike: { "lambda:FunctionArn": "arn:aws:lambda:*:*:function:present" } });
  const removal = new DeleteFunctionUrlConfigCommand({ FunctionName: "present" });
  await expect(lambda.send(removal)).rejects.toMatchObject(denied);
});

test("lambda:SourceFunctionArn: calls of the function's own code, and of no other with its role", async () => {
  const calls = `import { SQSClient, CreateQueueCommand } from "@aws-sdk/client-sqs";
export const handler = async ({ QueueName }) => {
  try { await new SQSClient({ maxAttempts: 1 }).send(new CreateQueueCommand({ QueueName })); return "made"; }
  catch (error) { return error.name; }
};`;
  for (const name of ["may", "may-not"]) await makeFunction(at, name, { "index.mjs": calls }, { Timeout: 20 });
  const SourceFunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:may";
  const Condition = { ArnEquals: { "lambda:SourceFunctionArn": SourceFunctionArn } };
  const Statement = [{ Effect: "Allow", Action: "sqs:*", Resource: "*", Condition }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await at.iam.send(new PutRolePolicyCommand({ RoleName: "functions", PolicyName: "all", PolicyDocument }));
  const answers = [];
  for (const name of ["may", "may-not"]) answers.push((await run(at, name, { QueueName: name })).json);
  expect(answers).toEqual(["made", "AccessDeniedException"]);
});

test("lambda:EventSourceToken is said by nobody: a statement that asks for one lets nobody in", async () => {
  const FunctionName = "present";
  const open = { FunctionName, StatementId: "token", Action: "lambda:InvokeFunction", Principal: "*" };
  await at.lambda.send(new AddPermissionCommand({ ...open, EventSourceToken: "amzn1.ask.skill" }));
  const credentials = { accessKeyId: "111111111111", secretAccessKey: "test" };
  const other = new LambdaClient({ ...at.cloud.clientConfig(), maxAttempts: 1, credentials });
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:present";
  await expect(other.send(new InvokeCommand({ FunctionName: arn }))).rejects.toThrow("is not authorized to perform");
});
