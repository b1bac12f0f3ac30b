// Repositories of images: made, described, given rules and policies, tagged and deleted.

import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import * as sdk from "@aws-sdk/client-ecr";
import { ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { refusal } from "./http/test-registry.ts";

let cloud: RunningCloud;
let ecr: ECRClient;
const repositoryName = "team/app";
const resourceArn = "arn:aws:ecr:us-east-1:000000000000:repository/team/app";
const kept = { registryId: "000000000000", repositoryName };

const lifecycle = {
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 365 },
      action: { type: "expire" },
    },
  ],
};

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  ecr = new ECRClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

test("a repository has an ARN, a URI and defaults, and a name of its own", async () => {
  const input = { repositoryName, tags: [{ Key: "a", Value: "1" }] };
  const { repository } = await ecr.send(new sdk.CreateRepositoryCommand(input));
  expect(repository).toEqual({
    ...kept,
    repositoryArn: resourceArn,
    repositoryUri: "127.0.0.1:4566/000000000000.dkr.ecr.us-east-1.amazonaws.com/team/app",
    createdAt: expect.any(Date) as Date,
    imageTagMutability: "MUTABLE",
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: "AES256" },
  });
  expect(await refusal(ecr.send(new sdk.CreateRepositoryCommand(input)))).toBe(
    "RepositoryAlreadyExistsException The repository with name 'team/app' already exists in the registry with id '000000000000'",
  );
  const { repositories } = await ecr.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
  expect(repositories).toEqual([repository]);
  expect(await refusal(ecr.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: ["none"] })))).toBe(
    "RepositoryNotFoundException The repository with name 'none' does not exist in the registry with id '000000000000'",
  );
});

test("it keeps its lifecycle policy", async () => {
  const lifecyclePolicyText = JSON.stringify(lifecycle);
  const missing =
    "LifecyclePolicyNotFoundException Lifecycle policy does not exist for the repository with name 'team/app' in the registry with id '000000000000'";
  expect(await refusal(ecr.send(new sdk.GetLifecyclePolicyCommand({ repositoryName })))).toBe(missing);
  await ecr.send(new sdk.PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
  expect(await ecr.send(new sdk.GetLifecyclePolicyCommand({ repositoryName }))).toMatchObject({
    ...kept,
    lifecyclePolicyText,
  });
  await ecr.send(new sdk.DeleteLifecyclePolicyCommand({ repositoryName }));
  expect(await refusal(ecr.send(new sdk.GetLifecyclePolicyCommand({ repositoryName })))).toBe(missing);
  expect(
    await refusal(
      ecr.send(
        new sdk.PutLifecyclePolicyCommand({
          repositoryName,
          lifecyclePolicyText: "no json ".repeat(20),
        }),
      ),
    ),
  ).toMatch(/^InvalidParameterException/);
});

test("it keeps its repository policy", async () => {
  const policyText = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  expect(await refusal(ecr.send(new sdk.GetRepositoryPolicyCommand({ repositoryName })))).toMatch(
    /^RepositoryPolicyNotFoundException/,
  );
  await ecr.send(new sdk.SetRepositoryPolicyCommand({ repositoryName, policyText }));
  expect(await ecr.send(new sdk.GetRepositoryPolicyCommand({ repositoryName }))).toMatchObject({ ...kept, policyText });
  expect(await ecr.send(new sdk.DeleteRepositoryPolicyCommand({ repositoryName }))).toMatchObject({ policyText });
  expect(await refusal(ecr.send(new sdk.DeleteRepositoryPolicyCommand({ repositoryName })))).toMatch(
    /^RepositoryPolicyNotFoundException/,
  );
});

test("its settings and tags change", async () => {
  await ecr.send(new sdk.PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: "IMMUTABLE" }));
  await ecr.send(
    new sdk.PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration: { scanOnPush: true } }),
  );
  await ecr.send(new sdk.TagResourceCommand({ resourceArn, tags: [{ Key: "b", Value: "2" }] }));
  await ecr.send(new sdk.UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
  const { repositories } = await ecr.send(new sdk.DescribeRepositoriesCommand({}));
  expect(repositories?.find((row) => row.repositoryName === repositoryName)).toMatchObject({
    imageTagMutability: "IMMUTABLE",
    imageScanningConfiguration: { scanOnPush: true },
  });
  expect((await ecr.send(new sdk.ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
    { Key: "b", Value: "2" },
  ]);
});

test("it has no images at first, and one that is asked for is not there", async () => {
  expect((await ecr.send(new sdk.ListImagesCommand({ repositoryName }))).imageIds).toEqual([]);
  expect((await ecr.send(new sdk.DescribeImagesCommand({ repositoryName }))).imageDetails).toEqual([]);
  expect(
    await refusal(ecr.send(new sdk.DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: "v1" }] }))),
  ).toBe(
    "ImageNotFoundException The image with imageId {imageDigest:'null', imageTag:'v1'} does not exist within the repository with name 'team/app' in the registry with id '000000000000'",
  );
});

test("deleted, it is gone", async () => {
  await ecr.send(new sdk.DeleteRepositoryCommand({ repositoryName }));
  expect(await refusal(ecr.send(new sdk.DeleteRepositoryCommand({ repositoryName })))).toMatch(
    /^RepositoryNotFoundException/,
  );
});

test("a stack makes and deletes one", async () => {
  const cloudFormation = new CloudFormationClient(cloud.clientConfig());
  const Properties = {
    RepositoryName: "stacked",
    LifecyclePolicy: { LifecyclePolicyText: JSON.stringify(lifecycle) },
    RepositoryPolicyText: { Statement: [] },
    ImageTagMutability: "IMMUTABLE",
  };
  const template = {
    Resources: { R: { Type: "AWS::ECR::Repository", Properties } },
    Outputs: { Uri: { Value: { "Fn::GetAtt": ["R", "RepositoryUri"] } } },
  };
  await cloudFormation.send(new CreateStackCommand({ StackName: "images", TemplateBody: JSON.stringify(template) }));
  await cloud.settle();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: "images" }));
  expect(Stacks?.[0]?.Outputs).toEqual([
    { OutputKey: "Uri", OutputValue: "127.0.0.1:4566/000000000000.dkr.ecr.us-east-1.amazonaws.com/stacked" },
  ]);
  expect(await ecr.send(new sdk.GetRepositoryPolicyCommand({ repositoryName: "stacked" }))).toMatchObject({
    policyText: '{"Statement":[]}',
  });
  await cloudFormation.send(new DeleteStackCommand({ StackName: "images" }));
  await cloud.settle();
  expect(await refusal(ecr.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: ["stacked"] })))).toMatch(
    /^RepositoryNotFoundException/,
  );
});
