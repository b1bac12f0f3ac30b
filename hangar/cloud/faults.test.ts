// Faults through real SDK clients: what they hit, what the clients make of it, and what is refused.

import { BatchGetItemCommand, DynamoDBClient, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateUserCommand, CreateAccessKeyCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "faults" });
});
afterEach(() => cloud.faults.clear());
afterAll(() => cloud.close());

const once = (): SQSClient => new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
const attempts = async (): Promise<number | undefined> =>
  (await new SQSClient(cloud.clientConfig()).send(new ListQueuesCommand())).$metadata.attempts;
/** "1" for each of so many calls that succeeds, "0" for each that does not. */
async function outcomes(count: number, client = once()): Promise<string> {
  let text = "";
  for (let call = 0; call < count; call += 1)
    text += await client.send(new ListQueuesCommand()).then(
      () => "1",
      () => "0",
    );
  return text;
}

describe("next", () => {
  test("hits as many calls as told, and a client that retries gets over them", async () => {
    cloud.faults.next("sqs:ListQueues", "InternalFailure", { times: 2 });
    expect(cloud.faults.list()).toMatchObject([{ action: "sqs:ListQueues", error: "InternalFailure", times: 2 }]);
    expect(await attempts()).toBe(3);
    expect(cloud.faults.list()).toEqual([]);
    expect(await attempts()).toBe(1);
  });

  test("hits the operations that a pattern means and no others", async () => {
    cloud.faults.next("dynamodb:Batch*", "ProvisionedThroughputExceededException", { times: 100 });
    const client = new DynamoDBClient({ ...cloud.clientConfig(), maxAttempts: 1 });
    await expect(
      client.send(new BatchGetItemCommand({ RequestItems: { t: { Keys: [{ id: { S: "1" } }] } } })),
    ).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
    expect((await client.send(new ListTablesCommand())).$metadata.attempts).toBe(1);
  });

  test.each([
    ["its name", "orders"],
    ["its ARN", "arn:aws:sqs:us-east-1:000000000000:orders"],
    ["a pattern", "ord*"],
  ])("hits the resource that %s names and no other", async (_how, resource) => {
    const send = async (QueueName: string): Promise<unknown> => {
      const { QueueUrl } = await once().send(new CreateQueueCommand({ QueueName }));
      return once().send(new SendMessageCommand({ QueueUrl, MessageBody: "orders" }));
    };
    cloud.faults.next("sqs:SendMessage", "RequestThrottled", { resource });
    await send("other");
    await expect(send("orders")).rejects.toMatchObject({ name: "RequestThrottled" });
    await send("orders");
  });

  test("hits the caller that is named and no other", async () => {
    const iam = new IAMClient(cloud.clientConfig());
    const UserName = "amy";
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }],
    });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "all", PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    };
    const amy = new SQSClient({ ...cloud.clientConfig(), credentials, maxAttempts: 1 });
    cloud.faults.next("sqs:*", "ServiceUnavailable", { caller: "amy", times: 100 });
    expect([await outcomes(2), await outcomes(2, amy)]).toEqual(["11", "00"]);
  });

  test("with a probability hits that share of the calls, the same ones for the same seed", async () => {
    const share = async (seed: string): Promise<string> => {
      await using other = await startCloud({ listen: false, seed });
      other.faults.next("sqs:ListQueues", "InternalFailure", { probability: 0.3 });
      return await outcomes(200, new SQSClient({ ...other.clientConfig(), maxAttempts: 1 }));
    };
    const [first, again, another] = [await share("a"), await share("a"), await share("b")];
    expect(again).toBe(first);
    expect(another).not.toBe(first);
    const failed = first.replaceAll("1", "").length;
    expect(failed).toBeGreaterThan(30);
    expect(failed).toBeLessThan(90);
  });

  test("marks the step in the trace", async () => {
    cloud.faults.next("sqs:ListQueues", "InternalFailure");
    await outcomes(2);
    const calls = cloud.trace.spans().filter(({ name }) => name === "sqs:ListQueues");
    expect(calls.slice(-2).map(({ attributes }) => attributes["fault"])).toEqual(["InternalFailure", undefined]);
    expect(cloud.trace.print()).toMatch(
      /sqs:ListQueues by root \[FAULTED\].*\n +x InternalFailure: .*\n +the test asked for: InternalFailure\nsqs:ListQueues by root \[RETRIED\]/,
    );
  });

  test("a fork has its own faults", async () => {
    cloud.faults.next("sqs:ListQueues", "InternalFailure", { times: 9 });
    const fork = cloud.fork();
    expect(fork.faults.list()).toEqual([]);
    expect(await outcomes(1, new SQSClient(fork.clientConfig()))).toBe("1");
    fork.dispose();
  });
});

describe("latency", () => {
  test("is what the client's own timeout meets; the call runs all the same", async () => {
    cloud.faults.latency("sqs:ListQueues", 60, { times: 1 });
    const started = performance.now();
    expect(await outcomes(1)).toBe("1");
    const late = performance.now() - started;
    expect(late).toBeGreaterThan(55);
    const span = cloud.trace.spans().findLast(({ name }) => name === "sqs:ListQueues");
    expect(span?.attributes["fault"]).toBe("60 ms late");
    expect(cloud.faults.list()).toEqual([]);
  });

  test("ends when the caller hangs up", async () => {
    cloud.faults.latency("sqs:ListQueues", 600_000);
    const hangUp = new AbortController();
    const call = once().send(new ListQueuesCommand(), { abortSignal: hangUp.signal });
    setTimeout(() => hangUp.abort(), 10);
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  });

  test("comes before an error", async () => {
    cloud.faults.latency("sqs:*", 30);
    cloud.faults.next("sqs:ListQueues", "InternalFailure");
    const started = performance.now();
    expect(await outcomes(1)).toBe("0");
    expect(performance.now() - started).toBeGreaterThan(25);
  });
});

describe("throttle", () => {
  test("lets a second's worth through, the rest as the world's clock moves", async () => {
    const fork = cloud.fork();
    fork.clock.hold();
    fork.faults.throttle("sqs:ListQueues", 2);
    const client = new SQSClient({ ...fork.clientConfig(), maxAttempts: 1 });
    expect(await outcomes(4, client)).toBe("1100");
    await fork.clock.advance("500 ms");
    expect(await outcomes(2, client)).toBe("10");
    await fork.clock.advance("1 hour");
    expect(await outcomes(3, client)).toBe("110");
    fork.dispose();
  });

  test.each<[string, (config: ReturnType<RunningCloud["clientConfig"]>) => Promise<unknown>, string]>([
    ["sqs:SendMessage", async (c) => send(c), "RequestThrottled"],
    ["sns:ListTopics", (c) => new SNSClient({ ...c, maxAttempts: 1 }).send(new ListTopicsCommand()), "Throttling"],
    ["s3:PutObject", async (c) => put(c), "SlowDown"],
    [
      "dynamodb:PutItem",
      (c) =>
        new DynamoDBClient({ ...c, maxAttempts: 1 }).send(
          new PutItemCommand({ TableName: "table", Item: { id: { S: "1" } } }),
        ),
      "ThrottlingException",
    ],
  ])("answers %s in the service's own words", async (action, call, name) => {
    cloud.faults.throttle(action, 0);
    await expect(call(cloud.clientConfig())).rejects.toMatchObject({ name });
  });

  const send = async (config: ReturnType<RunningCloud["clientConfig"]>): Promise<unknown> => {
    const { QueueUrl } = await once().send(new CreateQueueCommand({ QueueName: "throttled" }));
    return new SQSClient({ ...config, maxAttempts: 1 }).send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  };
  const put = async (config: ReturnType<RunningCloud["clientConfig"]>): Promise<unknown> => {
    const client = new S3Client({ ...config, maxAttempts: 1 });
    await client.send(new CreateBucketCommand({ Bucket: "throttled" }));
    return client.send(new PutObjectCommand({ Bucket: "throttled", Key: "k", Body: "x" }));
  };
});

describe("what AWS would not do is refused", () => {
  test.each<[() => void, RegExp]>([
    [
      () => cloud.faults.next("dynamodb:PutItem", "SlowDown"),
      /^AWS never answers dynamodb:PutItem with SlowDown\. It may answer: ConditionalCheckFailedException, .*InternalFailure/,
    ],
    [() => cloud.faults.next("sqs:SendMessage", "ProvisionedThroughputExceededException"), /RequestThrottled/],
    [() => cloud.faults.next("s3:PutObject", "ThrottlingException"), /It may answer: .*NoSuchBucket.*SlowDown/],
    [() => cloud.faults.next("sqs:Nope*", "InternalFailure"), /^There is no sqs:Nope\*\./],
    [() => cloud.faults.next("sqs:*", "InternalFailure", { probability: 2 }), /^A probability is above 0/],
    [() => cloud.faults.latency("sqs:*", -1), /^A latency is/],
    [() => cloud.faults.throttle("sqs:*", -1), /^A rate is/],
  ])("%s", (add, message) => {
    expect(add).toThrow(message);
    expect(cloud.faults.list()).toEqual([]);
  });
});
