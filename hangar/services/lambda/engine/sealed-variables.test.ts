// Variables under a customer's key: who may set them, who sees them, and what the function gets.

import { CreateUserCommand, CreateAccessKeyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DisableKeyCommand, EnableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
let kms: KMSClient;
let key: string;
beforeAll(async () => {
  // A role that may not use any key: what it may decrypt it may by Lambda's grant.
  at = await startLambdaCloud("sealed", ["logs:*"]);
  kms = new KMSClient(at.cloud.clientConfig());
  key = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const CODE = { "index.mjs": "export const handler = async () => process.env.SECRET ?? null;" };
const Environment = { Variables: { SECRET: "plain text" } };

async function clientWith(name: string, actions: readonly string[]): Promise<LambdaClient> {
  await at.iam.send(new CreateUserCommand({ UserName: name }));
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] };
  await at.iam.send(
    new PutUserPolicyCommand({ UserName: name, PolicyName: "own", PolicyDocument: JSON.stringify(policy) }),
  );
  const { AccessKey } = await at.iam.send(new CreateAccessKeyCommand({ UserName: name }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return new LambdaClient({ ...at.cloud.clientConfig(), credentials, maxAttempts: 1 });
}

test("a function reads its variables by the grant that Lambda made for its role, in every version", async () => {
  await makeFunction(at, "reads", CODE, { Environment, KMSKeyArn: key });
  expect((await run(at, "reads")).json).toBe("plain text");
  const answer = await at.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "reads" }));
  expect([answer.KMSKeyArn, answer.Environment]).toEqual([key, Environment]);
  const { Version } = await at.lambda.send(new PublishVersionCommand({ FunctionName: "reads" }));
  expect((await run(at, "reads", {}, { Qualifier: Version })).json).toBe("plain text");
});

test("who may not decrypt gets an Error in their place", async () => {
  await makeFunction(at, "hidden", CODE, { Environment, KMSKeyArn: key });
  const blind = await clientWith("blind", ["lambda:*"]);
  const { Configuration } = await blind.send(new GetFunctionCommand({ FunctionName: "hidden" }));
  expect(Configuration?.Environment).toEqual({
    Error: {
      ErrorCode: "AccessDeniedException",
      Message: expect.stringMatching(
        /^Lambda was unable to decrypt your environment variables because the KMS access was denied\. Please check your KMS permissions\. KMS Exception: AccessDeniedException KMS Message: User: arn:aws:iam::\d+:user\/blind is not authorized to perform: kms:Decrypt/,
      ),
    },
  });
});

test("who may not use the key cannot put variables under it", async () => {
  const blind = await clientWith("stranger", ["lambda:*", "iam:PassRole"]);
  const input = {
    Role: at.role,
    Runtime: "nodejs24.x",
    Handler: "index.handler",
    Code: { ZipFile: archive(CODE) },
  } as const;
  await expect(
    blind.send(new CreateFunctionCommand({ ...input, FunctionName: "refused", Environment, KMSKeyArn: key })),
  ).rejects.toMatchObject({
    name: "InvalidParameterValueException",
    message: expect.stringContaining("because the KMS key is invalid for CreateGrant"),
  });
  await expect(at.lambda.send(new GetFunctionCommand({ FunctionName: "refused" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("a function whose key is disabled does not start", async () => {
  await makeFunction(at, "disabled", CODE, { Environment, KMSKeyArn: key });
  await kms.send(new DisableKeyCommand({ KeyId: key }));
  await expect(run(at, "disabled")).rejects.toMatchObject({
    name: "KMSDisabledException",
    message:
      "Lambda was unable to decrypt the environment variables because the KMS key used is disabled. Please check the function's KMS key settings.",
  });
  await kms.send(new EnableKeyCommand({ KeyId: key }));
  expect((await run(at, "disabled")).json).toBe("plain text");
});

test("variables are encrypted and decrypted when a function is given a key and when it loses it", async () => {
  await makeFunction(at, "changes", CODE, { Environment });
  const update = (KMSKeyArn: string) =>
    at.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "changes", KMSKeyArn }));
  expect((await update(key)).Environment).toEqual(Environment);
  expect((await run(at, "changes")).json).toBe("plain text");
  expect(await update("")).toMatchObject({ Environment });
  await kms.send(new DisableKeyCommand({ KeyId: key }));
  expect((await run(at, "changes")).json).toBe("plain text");
  await kms.send(new EnableKeyCommand({ KeyId: key }));
});
