// What a topic carries, through the SDK client: attributes, permissions, tags, data protection and a key, as recorded from AWS.

import {
  AddPermissionCommand,
  GetDataProtectionPolicyCommand,
  ListTagsForResourceCommand,
  PublishCommand,
  PutDataProtectionPolicyCommand,
  RemovePermissionCommand,
  SNSClient,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { EFFECTIVE, attributesOf, create, gone, invalid, set } from "./test-topics.ts";

let cloud: RunningCloud;
let sns: SNSClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "sns.topics" });
  sns = new SNSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const policyOf = async (arn: string): Promise<{ Statement: object[] }> =>
  JSON.parse((await attributesOf(sns, arn))["Policy"] ?? "") as { Statement: object[] };

describe("SetTopicAttributes", () => {
  test("FifoTopic cannot be changed, and unknown names are refused", async () => {
    const arn = await create(sns, "set");
    await expect(set(sns, arn, "FifoTopic", "false")).rejects.toEqual(invalid("AttributeName"));
    await expect(set(sns, arn, "Nonsense", "x")).rejects.toEqual(invalid("AttributeName"));
    await expect(set(sns, arn, "ContentBasedDeduplication", "true")).rejects.toEqual(invalid("AttributeName"));
  });

  test("a delivery policy lies over the defaults", async () => {
    const arn = await create(sns, "delivery");
    await set(
      sns,
      arn,
      "DeliveryPolicy",
      '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1}}}',
    );
    const { EffectiveDeliveryPolicy } = await attributesOf(sns, arn);
    expect(JSON.parse(EffectiveDeliveryPolicy ?? "")).toEqual({
      http: {
        ...EFFECTIVE.http,
        defaultHealthyRetryPolicy: {
          ...EFFECTIVE.http.defaultHealthyRetryPolicy,
          minDelayTarget: 5,
          maxDelayTarget: 6,
          numRetries: 1,
        },
      },
    });
    await expect(
      set(sns, arn, "DeliveryPolicy", '{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}'),
    ).rejects.toThrow(/numRetries must be between 0 and 100/);
    await set(sns, arn, "DeliveryPolicy");
    expect((await attributesOf(sns, arn))["DeliveryPolicy"]).toBeUndefined();
  });

  test("an empty policy gives the default one back", async () => {
    const arn = await create(sns, "policy");
    const before = await policyOf(arn);
    const own = { Version: "2012-10-17", Statement: [] };
    await set(sns, arn, "Policy", JSON.stringify(own));
    expect(await policyOf(arn)).toEqual(own);
    await set(sns, arn, "Policy", "");
    expect(await policyOf(arn)).toEqual(before);
    await expect(set(sns, arn, "Policy", "nonsense")).rejects.toEqual(invalid("Policy Error: null"));
  });
});

describe("permissions", () => {
  const permit = (TopicArn: string, Label: string, ActionName: string[]): Promise<object> =>
    sns.send(new AddPermissionCommand({ TopicArn, Label, AWSAccountId: ["111111111111"], ActionName }));

  test("AddPermission writes a statement and RemovePermission takes it out", async () => {
    const arn = await create(sns, "shared");
    const before = await policyOf(arn);
    await permit(arn, "test", ["Publish"]);
    await permit(arn, "more", ["Publish", "Subscribe"]);
    const statement = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Resource: arn,
    };
    expect((await policyOf(arn)).Statement.slice(1)).toEqual([
      { ...statement, Sid: "test", Action: "SNS:Publish" },
      { ...statement, Sid: "more", Action: ["SNS:Publish", "SNS:Subscribe"] },
    ]);
    await sns.send(new RemovePermissionCommand({ TopicArn: arn, Label: "test" }));
    await sns.send(new RemovePermissionCommand({ TopicArn: arn, Label: "more" }));
    await sns.send(new RemovePermissionCommand({ TopicArn: arn, Label: "never" }));
    expect(await policyOf(arn)).toEqual(before);
  });

  test("a label is given once, and only SNS's actions", async () => {
    const arn = await create(sns, "labels");
    await permit(arn, "test", ["Publish"]);
    await expect(permit(arn, "test", ["Publish"])).rejects.toEqual(invalid("Statement already exists"));
    await expect(permit(arn, "bad", ["NotAnAction"])).rejects.toEqual(
      invalid("Policy statement action out of service scope!"),
    );
    await expect(permit(`${arn}x`, "test", ["Publish"])).rejects.toEqual(gone);
  });

  test("another account publishes only where the topic's policy lets it", async () => {
    const TopicArn = await create(sns, "abroad");
    const other = new SNSClient({
      ...cloud.clientConfig(),
      credentials: { accessKeyId: "111111111111", secretAccessKey: "x" },
    });
    const send = (): Promise<object> => other.send(new PublishCommand({ TopicArn, Message: "hello" }));
    await expect(send()).rejects.toMatchObject({ name: "AuthorizationErrorException" });
    await permit(TopicArn, "abroad", ["Publish"]);
    expect(await send()).toHaveProperty("MessageId");
  });

  test("a user needs a policy of its own, for the topic's default one speaks of services", async () => {
    const iam = new IAMClient(cloud.clientConfig());
    const TopicArn = await create(sns, "guarded");
    await iam.send(new CreateUserCommand({ UserName: "publisher" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "publisher" }));
    const user = new SNSClient({
      ...cloud.clientConfig(),
      credentials: { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" },
    });
    await expect(user.send(new PublishCommand({ TopicArn, Message: "x" }))).rejects.toMatchObject({
      name: "AuthorizationErrorException",
      message: `User: arn:aws:iam::${cloud.account}:user/publisher is not authorized to perform: SNS:Publish on resource: ${TopicArn} because no identity-based policy allows the SNS:Publish action`,
    });
    const Statement = [{ Effect: "Allow", Action: "sns:Publish", Resource: TopicArn }];
    await iam.send(
      new PutUserPolicyCommand({
        UserName: "publisher",
        PolicyName: "publish",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );
    expect(await user.send(new PublishCommand({ TopicArn, Message: "x" }))).toHaveProperty("MessageId");
  });
});

describe("tags", () => {
  test("are put on, changed, taken off and listed", async () => {
    const ResourceArn = await create(sns, "tags");
    const list = async (): Promise<unknown> => (await sns.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;
    await sns.send(
      new TagResourceCommand({
        ResourceArn,
        Tags: [
          { Key: "k1", Value: "v1" },
          { Key: "k2", Value: "v2" },
        ],
      }),
    );
    expect(await list()).toEqual([
      { Key: "k1", Value: "v1" },
      { Key: "k2", Value: "v2" },
    ]);
    await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["k1"] }));
    await sns.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "k2", Value: "v2b" }] }));
    expect(await list()).toEqual([{ Key: "k2", Value: "v2b" }]);
    await expect(
      sns.send(
        new TagResourceCommand({
          ResourceArn,
          Tags: [
            { Key: "k", Value: "1" },
            { Key: "k", Value: "2" },
          ],
        }),
      ),
    ).rejects.toEqual(invalid("Duplicated keys are not allowed."));
  });

  test("a topic has at most fifty, and must be there", async () => {
    const ResourceArn = await create(sns, "fifty");
    const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    await expect(sns.send(new TagResourceCommand({ ResourceArn, Tags }))).rejects.toMatchObject({
      name: "TagLimitExceededException",
    });
    await expect(sns.send(new ListTagsForResourceCommand({ ResourceArn: `${ResourceArn}x` }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

test("a data protection policy is kept beside the attributes", async () => {
  const ResourceArn = await create(sns, "protected");
  expect((await sns.send(new GetDataProtectionPolicyCommand({ ResourceArn }))).DataProtectionPolicy).toBeUndefined();
  const DataProtectionPolicy = JSON.stringify({ Name: "policy", Version: "2021-06-01", Statement: [] });
  await sns.send(new PutDataProtectionPolicyCommand({ ResourceArn, DataProtectionPolicy }));
  expect((await sns.send(new GetDataProtectionPolicyCommand({ ResourceArn }))).DataProtectionPolicy).toBe(
    DataProtectionPolicy,
  );
  expect(await attributesOf(sns, ResourceArn)).not.toHaveProperty("DataProtectionPolicy");
  await expect(
    sns.send(new PutDataProtectionPolicyCommand({ ResourceArn, DataProtectionPolicy: "nonsense" })),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
});

describe("encrypted topics", () => {
  test("publishing needs a key that is there and enabled", async () => {
    const kms = new KMSClient(cloud.clientConfig());
    const TopicArn = await create(sns, "encrypted", { KmsMasterKeyId: "alias/aws/sns" });
    const send = (): Promise<object> => sns.send(new PublishCommand({ TopicArn, Message: "secret" }));
    expect(await send()).toHaveProperty("MessageId");
    const { KeyMetadata: { KeyId = "" } = {} } = await kms.send(new CreateKeyCommand({}));
    await set(sns, TopicArn, "KmsMasterKeyId", KeyId);
    expect(await send()).toHaveProperty("MessageId");
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(send()).rejects.toMatchObject({ name: "KMSDisabledException" });
    await set(sns, TopicArn, "KmsMasterKeyId", "00000000-0000-4000-8000-000000000000");
    await expect(send()).rejects.toMatchObject({ name: "KMSNotFoundException" });
  });
});
