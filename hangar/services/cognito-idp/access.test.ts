// Who may call what: policies speak of pools by ARN and tag; what users do for themselves needs none.

import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  GetUserCommand,
  ListUsersCommand,
  TagResourceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { expect, test } from "vitest";
import { suiteOf } from "./engine/test-app.ts";

const { cloud, apps } = await suiteOf("cognito.access");

async function clientOf(UserName: string, ...Statement: object[]): Promise<CognitoIdentityProviderClient> {
  const iam = new IAMClient(cloud.clientConfig());
  await iam.send(new CreateUserCommand({ UserName }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "own", PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  return new CognitoIdentityProviderClient({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
}

test("a policy allows one pool, by its ARN or its tags", async () => {
  const one = await apps.make();
  const other = await apps.make({ pool: { UserPoolTags: { stage: "dev" } } });
  const arn = (id: string): string => `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`;
  const cognito = await clientOf(
    "reader",
    { Effect: "Allow", Action: "cognito-idp:DescribeUserPool", Resource: arn(one.UserPoolId) },
    {
      Effect: "Allow",
      Action: "cognito-idp:ListUsers",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/stage": "dev" } },
    },
  );
  await cognito.send(new DescribeUserPoolCommand(one));
  await expect(cognito.send(new DescribeUserPoolCommand(other))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `User: arn:aws:iam::000000000000:user/reader is not authorized to perform: cognito-idp:DescribeUserPool on resource: ${arn(other.UserPoolId)} because no identity-based policy allows the cognito-idp:DescribeUserPool action`,
  });
  await cognito.send(new ListUsersCommand({ UserPoolId: other.UserPoolId }));
  await expect(cognito.send(new ListUsersCommand({ UserPoolId: one.UserPoolId }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  const tag = { ResourceArn: arn(one.UserPoolId), Tags: { stage: "dev" } };
  await expect(cognito.send(new TagResourceCommand(tag))).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("a user with a token needs no policy", async () => {
  const { AccessToken } = await apps.tokens(await apps.make());
  const cognito = await clientOf("nobody", { Effect: "Deny", Action: "*", Resource: "*" });
  expect(await cognito.send(new GetUserCommand({ AccessToken }))).toMatchObject({ Username: "ann" });
});
