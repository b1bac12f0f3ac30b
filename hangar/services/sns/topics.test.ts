// Topics through the SDK client: names, attributes, permissions, tags and data protection, as recorded from AWS.

import {
  AddPermissionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetDataProtectionPolicyCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  PutDataProtectionPolicyCommand,
  RemovePermissionCommand,
  SetTopicAttributesCommand,
  SNSClient,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

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

const invalid = (message: string): object =>
  expect.objectContaining({ name: "InvalidParameterException", message: `Invalid parameter: ${message}` });
const gone = expect.objectContaining({ name: "NotFoundException", message: "Topic does not exist" });

async function create(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
  const fifo = Name.endsWith(".fifo") ? { FifoTopic: "true" } : {};
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name, Attributes: { ...fifo, ...Attributes } }));
  return TopicArn;
}
const attributesOf = async (TopicArn: string): Promise<Record<string, string>> =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};
const set = (TopicArn: string, AttributeName: string, AttributeValue?: string): Promise<object> =>
  sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
const policyOf = async (arn: string): Promise<{ Statement: object[] }> =>
  JSON.parse((await attributesOf(arn))["Policy"] ?? "") as { Statement: object[] };

const EFFECTIVE = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
};

describe("CreateTopic", () => {
  test("a new topic has AWS's attributes", async () => {
    const arn = await create("plain");
    expect(arn).toBe(`arn:aws:sns:us-east-1:${cloud.account}:plain`);
    const { Policy, EffectiveDeliveryPolicy, ...rest } = await attributesOf(arn);
    expect(rest).toEqual({
      DisplayName: "",
      Owner: cloud.account,
      SubscriptionsConfirmed: "0",
      SubscriptionsDeleted: "0",
      SubscriptionsPending: "0",
      TopicArn: arn,
    });
    expect(JSON.parse(EffectiveDeliveryPolicy ?? "")).toEqual(EFFECTIVE);
    expect(JSON.parse(Policy ?? "")).toEqual({
      Version: "2008-10-17",
      Id: "__default_policy_ID",
      Statement: [
        {
          Sid: "__default_statement_ID",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: [
            "SNS:GetTopicAttributes",
            "SNS:SetTopicAttributes",
            "SNS:AddPermission",
            "SNS:RemovePermission",
            "SNS:DeleteTopic",
            "SNS:Subscribe",
            "SNS:ListSubscriptionsByTopic",
            "SNS:Publish",
          ],
          Resource: arn,
          Condition: { StringEquals: { "AWS:SourceOwner": cloud.account } },
        },
      ],
    });
  });

  test("a FIFO topic says so, and whether it deduplicates by content", async () => {
    const arn = await create("ordered.fifo", { DisplayName: "TestTopic", SignatureVersion: "2" });
    expect(await attributesOf(arn)).toMatchObject({
      ContentBasedDeduplication: "false",
      DisplayName: "TestTopic",
      FifoTopic: "true",
      SignatureVersion: "2",
    });
  });

  test.each([
    ["", {}],
    ["a".repeat(257), {}],
    ["dotted.fifo", {}],
    ["undotted", { FifoTopic: "true" }],
    ["with space", {}],
    ["with/slash", {}],
    ["with.dot", {}],
    ["with@at", {}],
  ])("a topic cannot be named %j with %j", async (Name, Attributes) => {
    await expect(sns.send(new CreateTopicCommand({ Name, Attributes }))).rejects.toEqual(invalid("Topic Name"));
  });

  test("a name may have 256 characters", async () => {
    expect(await create("a".repeat(256))).toContain("aaa");
  });

  test("creating again finds the topic, with the same attributes or none", async () => {
    const arn = await create("again", { DisplayName: "Value1" });
    expect(await create("again")).toBe(arn);
    expect(await create("again", { DisplayName: "Value1" })).toBe(arn);
    await set(arn, "DisplayName", "AlreadySet");
    expect(await create("again", { DisplayName: "AlreadySet" })).toBe(arn);
    const different = invalid("Attributes Reason: Topic already exists with different attributes");
    await expect(create("again", { DisplayName: "Other" })).rejects.toEqual(different);
    await expect(create("again", { SignatureVersion: "2" })).rejects.toEqual(different);
  });

  test("creating again with other tags fails", async () => {
    const tagged = (Tags: { Key: string; Value: string }[]): Promise<object> =>
      sns.send(new CreateTopicCommand({ Name: "tagged-again", Tags }));
    await tagged([{ Key: "a", Value: "1" }]);
    await expect(
      tagged([
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ]),
    ).rejects.toEqual(invalid("Tags Reason: Topic already exists with different tags"));
    await tagged([{ Key: "a", Value: "1" }]);
  });

  test("what is not emulated is refused by name", async () => {
    await expect(create("archived.fifo", { ArchivePolicy: '{"MessageRetentionPeriod":"30"}' })).rejects.toThrow(
      /does not emulate ArchivePolicy/,
    );
  });
});

describe("topics that are not there", () => {
  test("are said to be missing, whatever is asked", async () => {
    const TopicArn = `arn:aws:sns:us-east-1:${cloud.account}:nowhere`;
    await expect(attributesOf(TopicArn)).rejects.toEqual(gone);
    await expect(set(TopicArn, "DisplayName", "x")).rejects.toEqual(gone);
    await expect(sns.send(new PublishCommand({ TopicArn, Message: "x" }))).rejects.toEqual(gone);
    expect(await sns.send(new DeleteTopicCommand({ TopicArn }))).toMatchObject({});
  });

  test.each([
    ["nonsense", "TopicArn Reason: An ARN must have at least 6 elements, not 1"],
    ["arn:aws", "TopicArn Reason: An ARN must have at least 6 elements, not 2"],
    ["arn:aws:sns:eu-west-1:000000000000:elsewhere", "TopicArn"],
  ])("an ARN such as %s is invalid", async (arn, message) => {
    await expect(attributesOf(arn)).rejects.toEqual(invalid(message));
  });

  test("a topic is gone once it is deleted, and may be made anew", async () => {
    const arn = await create("short-lived");
    await sns.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: "a", Value: "1" }] }));
    await sns.send(new DeleteTopicCommand({ TopicArn: arn }));
    await expect(attributesOf(arn)).rejects.toEqual(gone);
    expect(await create("short-lived")).toBe(arn);
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags).toEqual([]);
  });
});

test("ListTopics gives a hundred at a time", async () => {
  const world = cloud.fork("many");
  const client = new SNSClient(world.clientConfig());
  for (let index = 0; index < 101; index += 1) await client.send(new CreateTopicCommand({ Name: `many-${index}` }));
  const first = await client.send(new ListTopicsCommand({}));
  expect(first.Topics).toHaveLength(100);
  const rest = await client.send(new ListTopicsCommand({ NextToken: first.NextToken }));
  expect(rest.NextToken).toBeUndefined();
  const names = [...(first.Topics ?? []), ...(rest.Topics ?? [])].filter((each) => each.TopicArn?.includes(":many-"));
  expect(names).toHaveLength(101);
  world.dispose();
});

describe("SetTopicAttributes", () => {
  test("FifoTopic cannot be changed, and unknown names are refused", async () => {
    const arn = await create("set");
    await expect(set(arn, "FifoTopic", "false")).rejects.toEqual(invalid("AttributeName"));
    await expect(set(arn, "Nonsense", "x")).rejects.toEqual(invalid("AttributeName"));
    await expect(set(arn, "ContentBasedDeduplication", "true")).rejects.toEqual(invalid("AttributeName"));
  });

  test("a delivery policy lies over the defaults", async () => {
    const arn = await create("delivery");
    await set(
      arn,
      "DeliveryPolicy",
      '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1}}}',
    );
    const { EffectiveDeliveryPolicy } = await attributesOf(arn);
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
      set(arn, "DeliveryPolicy", '{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}'),
    ).rejects.toThrow(/numRetries must be between 0 and 100/);
    await set(arn, "DeliveryPolicy");
    expect((await attributesOf(arn))["DeliveryPolicy"]).toBeUndefined();
  });

  test("an empty policy gives the default one back", async () => {
    const arn = await create("policy");
    const before = await policyOf(arn);
    const own = { Version: "2012-10-17", Statement: [] };
    await set(arn, "Policy", JSON.stringify(own));
    expect(await policyOf(arn)).toEqual(own);
    await set(arn, "Policy", "");
    expect(await policyOf(arn)).toEqual(before);
    await expect(set(arn, "Policy", "nonsense")).rejects.toEqual(invalid("Policy Error: null"));
  });
});

describe("permissions", () => {
  const permit = (TopicArn: string, Label: string, ActionName: string[]): Promise<object> =>
    sns.send(new AddPermissionCommand({ TopicArn, Label, AWSAccountId: ["111111111111"], ActionName }));

  test("AddPermission writes a statement and RemovePermission takes it out", async () => {
    const arn = await create("shared");
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
    const arn = await create("labels");
    await permit(arn, "test", ["Publish"]);
    await expect(permit(arn, "test", ["Publish"])).rejects.toEqual(invalid("Statement already exists"));
    await expect(permit(arn, "bad", ["NotAnAction"])).rejects.toEqual(
      invalid("Policy statement action out of service scope!"),
    );
    await expect(permit(`${arn}x`, "test", ["Publish"])).rejects.toEqual(gone);
  });

  test("another account publishes only where the topic's policy lets it", async () => {
    const TopicArn = await create("abroad");
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
    const TopicArn = await create("guarded");
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
    const ResourceArn = await create("tags");
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
    const ResourceArn = await create("fifty");
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
  const ResourceArn = await create("protected");
  expect((await sns.send(new GetDataProtectionPolicyCommand({ ResourceArn }))).DataProtectionPolicy).toBeUndefined();
  const DataProtectionPolicy = JSON.stringify({ Name: "policy", Version: "2021-06-01", Statement: [] });
  await sns.send(new PutDataProtectionPolicyCommand({ ResourceArn, DataProtectionPolicy }));
  expect((await sns.send(new GetDataProtectionPolicyCommand({ ResourceArn }))).DataProtectionPolicy).toBe(
    DataProtectionPolicy,
  );
  expect(await attributesOf(ResourceArn)).not.toHaveProperty("DataProtectionPolicy");
  await expect(
    sns.send(new PutDataProtectionPolicyCommand({ ResourceArn, DataProtectionPolicy: "nonsense" })),
  ).rejects.toMatchObject({ name: "InvalidParameterException" });
});

describe("encrypted topics", () => {
  test("publishing needs a key that is there and enabled", async () => {
    const kms = new KMSClient(cloud.clientConfig());
    const TopicArn = await create("encrypted", { KmsMasterKeyId: "alias/aws/sns" });
    const send = (): Promise<object> => sns.send(new PublishCommand({ TopicArn, Message: "secret" }));
    expect(await send()).toHaveProperty("MessageId");
    const { KeyMetadata: { KeyId = "" } = {} } = await kms.send(new CreateKeyCommand({}));
    await set(TopicArn, "KmsMasterKeyId", KeyId);
    expect(await send()).toHaveProperty("MessageId");
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(send()).rejects.toMatchObject({ name: "KMSDisabledException" });
    await set(TopicArn, "KmsMasterKeyId", "00000000-0000-4000-8000-000000000000");
    await expect(send()).rejects.toMatchObject({ name: "KMSNotFoundException" });
  });
});
