// A cloud's services, worlds and the calls between them: each loaded when needed, each fork on its own, no failure hidden.

import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeStacksCommand, CloudFormationClient } from "@aws-sdk/client-cloudformation";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openCloud, startCloud, type ClientConfig, type RunningCloud } from "../index.ts";
import { Cloud } from "./cloud.ts";
import { doors, providers, receivers, services } from "./services.ts";

let cloud: RunningCloud;
beforeEach(async () => {
  cloud = await startCloud({ listen: false });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await cloud.close();
});

const tableOf = (TableName: string): CreateTableCommand =>
  new CreateTableCommand({
    TableName,
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });

const tables = async (of: { clientConfig(): ClientConfig }): Promise<string[] | undefined> =>
  (await new DynamoDBClient(of.clientConfig()).send(new ListTablesCommand())).TableNames;

describe("services", () => {
  test.each(Object.keys(services))("%s is loaded under its own name", async (name) => {
    const own = new Cloud();
    expect(own.loaded(name)).toBeUndefined();
    const [first, second] = await Promise.all([own.load(name), own.load(name)]);
    expect(first.name).toBe(name);
    expect(second).toBe(first);
    expect(own.loaded(name)).toBe(first);
    await own.close();
  });

  test("ports, deliveries and doors are given by services there are", () => {
    const named = [...Object.values(providers), ...Object.values(receivers), ...doors];
    expect(named.filter((name) => !(name in services))).toEqual([]);
  });

  test("what there is not is not emulated", async () => {
    const own = new Cloud();
    await expect(own.load("bedrock")).rejects.toMatchObject({ code: "NotEmulated", status: 501 });
    await own.close();
  });
});

describe("what is there from the start", () => {
  test("the CDK's toolkit stack and its version parameter, in every account and region that is touched", async () => {
    for (const [region, account] of [
      ["us-east-1", "000000000000"],
      ["eu-west-1", "123456789012"],
    ] as const) {
      const config = { ...cloud.clientConfig(), region, credentials: { accessKeyId: account, secretAccessKey: "x" } };
      const { Stacks } = await new CloudFormationClient(config).send(
        new DescribeStacksCommand({ StackName: "CDKToolkit" }),
      );
      expect(Stacks?.[0]?.StackStatus).toBe("CREATE_COMPLETE");
      expect(Stacks?.[0]?.StackId).toContain(`:${region}:${account}:`);
      const parameter = await new SSMClient(config).send(
        new GetParameterCommand({ Name: "/cdk-bootstrap/hnb659fds/version" }),
      );
      expect(Number(parameter.Parameter?.Value)).toBeGreaterThanOrEqual(21);
    }
  });

  test("is made once, however many ask for it at the same time", async () => {
    const client = new CloudFormationClient(cloud.clientConfig());
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send(new DescribeStacksCommand())));
    expect(new Set(answers.map(({ Stacks }) => Stacks?.map(({ StackId }) => StackId).join())).size).toBe(1);
    expect(cloud.trace.spans().filter(({ name }) => name === "cloudformation.seed")).toHaveLength(1);
  });
});

describe("forks", () => {
  test("see what was there, and neither sees what the other writes from then on", async () => {
    await new DynamoDBClient(cloud.clientConfig()).send(tableOf("before"));
    const [one, two] = [cloud.fork(), cloud.fork()];
    await new DynamoDBClient(one.clientConfig()).send(tableOf("one"));
    await new DynamoDBClient(cloud.clientConfig()).send(tableOf("parent"));
    const child = one.fork();
    await new DynamoDBClient(child.clientConfig()).send(tableOf("child"));
    expect(await tables(cloud)).toEqual(["before", "parent"]);
    expect(await tables(one)).toEqual(["before", "one"]);
    expect(await tables(two)).toEqual(["before"]);
    expect(await tables(child)).toEqual(["before", "child", "one"]);
    for (const fork of [one, two, child]) fork.dispose();
    expect(await tables(cloud)).toEqual(["before", "parent"]);
  });

  test("carry messages that are on their way, each for itself", async () => {
    cloud.clock.hold();
    const sqs = new SQSClient(cloud.clientConfig());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "later", DelaySeconds: 60 }));
    const fork = cloud.fork();
    await fork.clock.advance("1 minute");
    const received = await new SQSClient(fork.clientConfig()).send(new ReceiveMessageCommand({ QueueUrl }));
    expect(received.Messages?.map(({ Body }) => Body)).toEqual(["later"]);
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    fork.dispose();
  });

  test("of the same name at the same point give the same ids; of another name others", async () => {
    const ids = async (name: string): Promise<string | undefined> => {
      const own = await startCloud({ listen: false, seed: "fixed" });
      const fork = own.fork(name);
      const sqs = new SQSClient(fork.clientConfig());
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
      const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
      await own.close();
      return MessageId;
    };
    const [one, same, other] = [await ids("a"), await ids("a"), await ids("b")];
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  test("of a world that has ended are refused", async () => {
    const fork = cloud.fork();
    fork.dispose();
    expect(() => fork.fork()).toThrow("is disposed");
  });
});

describe("a call that another service makes", () => {
  const setUp = async (policy: object | undefined): Promise<{ QueueUrl: string; TopicArn: string }> => {
    const config = cloud.clientConfig();
    const [sqs, sns] = [new SQSClient(config), new SNSClient(config)];
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    const Endpoint = Attributes?.["QueueArn"] ?? "";
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "news" }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    if (policy !== undefined) {
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Action: "sqs:SendMessage", Resource: Endpoint, ...policy }],
      });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    }
    await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
    await cloud.settle();
    return { QueueUrl, TopicArn };
  };
  const bodies = async (QueueUrl: string): Promise<string[]> => {
    const { Messages = [] } = await new SQSClient(cloud.clientConfig()).send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages.map(({ Body = "" }) => (JSON.parse(Body) as { Message: string }).Message);
  };
  const sns = { Service: "sns.amazonaws.com" };

  test("is that service's: the queue's policy must let it in", async () => {
    const { QueueUrl } = await setUp({ Effect: "Allow", Principal: sns });
    expect(await bodies(QueueUrl)).toEqual(["hello"]);
    const span = cloud.trace.spans().find(({ name }) => name === "sqs:SendMessage");
    expect(span).toMatchObject({ attributes: { caller: "sns.amazonaws.com" } });
    expect(span?.parent).toBeDefined();
  });

  test.each<[string, object | undefined]>([
    ["without a policy", undefined],
    ["with a policy for another service", { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" } }],
    [
      "with a policy for another topic",
      {
        Effect: "Allow",
        Principal: sns,
        Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:000000000000:other" } },
      },
    ],
  ])("is denied by a queue %s, and the trace says so", async (_name, policy) => {
    const { QueueUrl } = await setUp(policy);
    expect(await bodies(QueueUrl)).toEqual([]);
    const span = cloud.trace.spans().find(({ name }) => name === "sqs:SendMessage");
    expect(span?.error?.code).toBe("AccessDeniedException");
    expect(String(span?.attributes["denied"])).toContain('"Service":"sns.amazonaws.com"');
    expect(cloud.bugs).toEqual([]);
  });

  test("is let in by a policy for its source", async () => {
    const condition = {
      ArnEquals: { "aws:SourceArn": "arn:aws:sns:us-east-1:000000000000:news" },
      StringEquals: { "aws:SourceAccount": "000000000000" },
    };
    const { QueueUrl } = await setUp({ Effect: "Allow", Principal: sns, Condition: condition });
    expect(await bodies(QueueUrl)).toEqual(["hello"]);
  });
});

describe("a failure of our own", () => {
  test("is answered with InternalFailure, listed in bugs, on the trace, and harms no later call", async () => {
    const { cloud: inner, close } = await openCloud({ listen: false });
    const sts = await inner.load("sts");
    vi.spyOn(sts.operations as Record<string, () => unknown>, "GetCallerIdentity").mockImplementationOnce(() => {
      throw new TypeError("undefined is not a function");
    });
    const client = new STSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
    const error = (await client.send(new GetCallerIdentityCommand()).catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ name: "InternalFailure", $metadata: { httpStatusCode: 500 } });
    expect(error.message).toMatch(/^Hangar failed in sts:GetCallerIdentity: TypeError: undefined is not a function/);
    expect(cloud.bugs).toMatchObject([
      { where: "sts:GetCallerIdentity", error: { message: "undefined is not a function" } },
    ]);
    expect(cloud.trace.spans().at(-1)?.error?.code).toBe("InternalFailure");
    expect((await client.send(new GetCallerIdentityCommand())).Account).toBe("000000000000");
    expect(cloud.bugs).toHaveLength(1);
    await close();
  });

  test("of work in the background is listed too, and the cloud still settles", async () => {
    const { cloud: inner, close } = await openCloud({ listen: false });
    inner.world.scheduler.at(inner.world.clock.now(), "sqs.no-such-worker", null, { account: "1", region: "r" });
    await inner.world.scheduler.settled(5000);
    expect(inner.bugs).toMatchObject([
      { where: "sqs.no-such-worker", error: { message: "No worker for sqs.no-such-worker." } },
    ]);
    await close();
  });

  test("of a client is none", async () => {
    const sqs = new SQSClient(cloud.clientConfig());
    await expect(
      sqs.send(new ReceiveMessageCommand({ QueueUrl: "http://localhost/000000000000/none" })),
    ).rejects.toMatchObject({
      name: "QueueDoesNotExist",
    });
    expect(cloud.bugs).toEqual([]);
  });
});

describe("the end", () => {
  test("closing ends everything, twice is once, and nothing is left on disk", async () => {
    const { cloud: inner, close } = await openCloud({ port: 0 });
    const { hash } = await inner.blobs.putBytes(new Uint8Array(100_000));
    const path = await inner.blobs.path(hash);
    await Promise.all([close(), close()]);
    expect(inner.world.disposed).toBe(true);
    expect(existsSync(path)).toBe(false);
    await expect(fetch(inner.origin)).rejects.toThrow("fetch failed");
  });

  test("a long poll ends with its world", async () => {
    const fork = cloud.fork();
    const sqs = new SQSClient({ ...fork.clientConfig(), maxAttempts: 1 });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
    const waiting = sqs
      .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
      .catch((error: Error) => error);
    await sqs.send(new ListQueuesCommand());
    fork.dispose();
    await waiting;
    expect(cloud.bugs).toEqual([]);
  });

  test("work that comes late to a world that has ended is dropped", async () => {
    const fork = cloud.fork();
    await fork.clock.advance("1 second");
    fork.dispose();
    await fork.settle();
    expect(cloud.bugs).toEqual([]);
  });
});
