// A role assumed in a fork is that fork's role, at whatever endpoint its keys arrive.

import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { startCloud } from "../index.ts";

const statement = (facts: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...facts }] });

test("what it may do is decided there, and what it does stays there", async () => {
  await using cloud = await startCloud();
  const { requestHandler: _inProcess, ...main } = cloud.clientConfig();
  const iam = new IAMClient(main);
  const trust = statement({ Principal: { AWS: `arn:aws:iam::${cloud.account}:root` }, Action: "sts:AssumeRole" });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "maker", AssumeRolePolicyDocument: trust }));
  const policy = statement({ Action: "sqs:CreateQueue", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "maker", PolicyName: "make", PolicyDocument: policy }));
  const opened = await fetch(`${cloud.endpoint}/_hangar/forks`, { method: "POST", body: "{}" });
  const fork = { ...main, endpoint: ((await opened.json()) as { endpoint: string }).endpoint };
  const assumed = await new STSClient(fork).send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "session" }),
  );
  const credentials = {
    accessKeyId: assumed.Credentials?.AccessKeyId ?? "",
    secretAccessKey: assumed.Credentials?.SecretAccessKey ?? "",
    sessionToken: assumed.Credentials?.SessionToken ?? "",
  };
  const atMain = { ...main, credentials, maxAttempts: 1 };
  expect((await new STSClient(atMain).send(new GetCallerIdentityCommand({}))).Arn).toBe(
    `arn:aws:sts::${cloud.account}:assumed-role/maker/session`,
  );
  await new SQSClient(atMain).send(new CreateQueueCommand({ QueueName: "made" }));
  await expect(new SQSClient(atMain).send(new ListQueuesCommand({}))).rejects.toThrow("not authorized");
  expect((await new SQSClient(main).send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  expect((await new SQSClient(fork).send(new ListQueuesCommand({}))).QueueUrls).toHaveLength(1);
  expect(cloud.bugs).toEqual([]);
});
