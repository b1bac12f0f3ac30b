// Code signing configurations, and the functions that have one.

import {
  CreateCodeSigningConfigCommand,
  DeleteCodeSigningConfigCommand,
  DeleteFunctionCodeSigningConfigCommand,
  GetCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  ListCodeSigningConfigsCommand,
  ListFunctionsByCodeSigningConfigCommand,
  ListTagsCommand,
  PutFunctionCodeSigningConfigCommand,
  TagResourceCommand,
  UpdateCodeSigningConfigCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archive, makeFunction, run, startLambdaCloud, type LambdaCloud } from "../../engine/test-cloud.ts";

const PROFILE = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/test";
const NONE = "arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-00000000000000000";
const code = { "index.js": "exports.handler = async () => 1" };

let at: LambdaCloud;
let CodeSigningConfigArn: string;

beforeAll(async () => {
  at = await startLambdaCloud("code-signing");
  await makeFunction(at, "plain", code);
  const { CodeSigningConfig } = await at.lambda.send(
    new CreateCodeSigningConfigCommand({
      AllowedPublishers: { SigningProfileVersionArns: [PROFILE] },
      Description: "Testing",
      Tags: { team: "a" },
    }),
  );
  CodeSigningConfigArn = CodeSigningConfig?.CodeSigningConfigArn ?? "";
  expect(CodeSigningConfig).toEqual({
    AllowedPublishers: { SigningProfileVersionArns: [PROFILE] },
    CodeSigningConfigArn: expect.stringMatching(/:code-signing-config:csc-[a-z0-9]{17}$/),
    CodeSigningConfigId: expect.stringMatching(/^csc-[a-z0-9]{17}$/),
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Warn" },
    Description: "Testing",
    LastModified: expect.any(String),
  });
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

test("a configuration is read, listed, tagged and changed", async () => {
  const read = await at.lambda.send(new GetCodeSigningConfigCommand({ CodeSigningConfigArn }));
  const { CodeSigningConfigs } = await at.lambda.send(new ListCodeSigningConfigsCommand({}));
  expect(CodeSigningConfigs).toEqual([read.CodeSigningConfig]);
  await at.lambda.send(new TagResourceCommand({ Resource: CodeSigningConfigArn, Tags: { cost: "b" } }));
  const { Tags } = await at.lambda.send(new ListTagsCommand({ Resource: CodeSigningConfigArn }));
  expect(Tags).toEqual({ team: "a", cost: "b" });
  const { CodeSigningConfig } = await at.lambda.send(
    new UpdateCodeSigningConfigCommand({ CodeSigningConfigArn, Description: "Changed" }),
  );
  expect(CodeSigningConfig).toEqual({
    ...read.CodeSigningConfig,
    Description: "Changed",
    LastModified: expect.any(String),
  });
});

test("Warn lets unsigned code pass, Enforce refuses it, and what a function has keeps running", async () => {
  await makeFunction(at, "signed", code, { CodeSigningConfigArn });
  const update = new UpdateFunctionCodeCommand({
    FunctionName: "signed",
    ZipFile: archive({ "index.js": "exports.handler = async () => 2" }),
  });
  await at.lambda.send(update);
  const policy = (UntrustedArtifactOnDeployment: "Enforce" | "Warn"): Promise<unknown> =>
    at.lambda.send(
      new UpdateCodeSigningConfigCommand({
        CodeSigningConfigArn,
        CodeSigningPolicies: { UntrustedArtifactOnDeployment },
      }),
    );
  await policy("Enforce");
  const refusal = (name: string): object => ({
    name: "CodeVerificationFailedException",
    message: `Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. Check the provided signature for arn:aws:lambda:us-east-1:000000000000:function:${name}.`,
  });
  await expect(at.lambda.send(update)).rejects.toMatchObject(refusal("signed"));
  await expect(makeFunction(at, "new", code, { CodeSigningConfigArn })).rejects.toMatchObject(refusal("new"));
  expect((await run(at, "signed")).json).toBe(2);
  await policy("Warn");
});

test("a function gets a configuration, and gives it back before that is deleted", async () => {
  const FunctionName = "plain";
  const get = new GetFunctionCodeSigningConfigCommand({ FunctionName });
  expect((await at.lambda.send(get)).CodeSigningConfigArn).toBeUndefined();
  await at.lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn }));
  expect(await at.lambda.send(get)).toMatchObject({ FunctionName, CodeSigningConfigArn });
  const { CodeSigningConfig } = await at.lambda.send(
    new CreateCodeSigningConfigCommand({ AllowedPublishers: { SigningProfileVersionArns: [PROFILE] } }),
  );
  const other = { CodeSigningConfigArn: CodeSigningConfig?.CodeSigningConfigArn ?? "" };
  await at.lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, ...other }));
  const { FunctionArns } = await at.lambda.send(new ListFunctionsByCodeSigningConfigCommand(other));
  expect(FunctionArns).toEqual(["arn:aws:lambda:us-east-1:000000000000:function:plain"]);
  await expect(at.lambda.send(new DeleteCodeSigningConfigCommand(other))).rejects.toMatchObject({
    name: "ResourceConflictException",
  });
  await at.lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName }));
  // Once more: there is nothing to delete, and AWS does not mind.
  await at.lambda.send(new DeleteFunctionCodeSigningConfigCommand({ FunctionName }));
  await at.lambda.send(new DeleteCodeSigningConfigCommand(other));
  await expect(at.lambda.send(new GetCodeSigningConfigCommand(other))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});

test("what is not there has AWS's errors", async () => {
  const missing = { CodeSigningConfigArn: NONE };
  const notFound = {
    name: "ResourceNotFoundException",
    message: `The Lambda code signing configuration ${NONE} can not be found.`,
  };
  await expect(at.lambda.send(new GetCodeSigningConfigCommand(missing))).rejects.toMatchObject(notFound);
  await expect(at.lambda.send(new UpdateCodeSigningConfigCommand(missing))).rejects.toMatchObject(notFound);
  await expect(at.lambda.send(new DeleteCodeSigningConfigCommand(missing))).rejects.toMatchObject(notFound);
  await expect(at.lambda.send(new ListFunctionsByCodeSigningConfigCommand(missing))).rejects.toMatchObject(notFound);
  const put = (FunctionName: string, arn: string): Promise<unknown> =>
    at.lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName, CodeSigningConfigArn: arn }));
  const gone = {
    name: "CodeSigningConfigNotFoundException",
    message: `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${NONE}.`,
  };
  await expect(put("plain", NONE)).rejects.toMatchObject(gone);
  await expect(put("ghost", NONE)).rejects.toMatchObject(gone);
  await expect(makeFunction(at, "new", code, missing)).rejects.toMatchObject(gone);
  await expect(put("ghost", CodeSigningConfigArn)).rejects.toMatchObject({
    message: "Function not found: arn:aws:lambda:us-east-1:000000000000:function:ghost",
  });
});
