// What becomes of events that rules match: queues, a log group, retries and dead letters.

import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutResourcePolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { DeleteQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { bodies, createQueue, document, entry, put, receive, rule } from "./test-deliveries.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;
let sqs: SQSClient;

beforeAll(async () => {
  cloud = await startCloud({ seed: "events.deliveries" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

describe("a queue", () => {
  test("gets the whole event, once for each rule that fits", async () => {
    const queue = await createQueue(sqs, "whole");
    await rule(events, "whole-1", { source: ["whole"] }, { Id: "q", Arn: queue.arn });
    await rule(events, "whole-2", { detail: { n: [1] } }, { Id: "q", Arn: queue.arn, InputPath: "$.detail" });
    await put(events, { ...entry("whole", { n: 1 }), Resources: ["r"], Time: new Date("2022-01-01T00:00:00Z") });
    const [one, two] = (await bodies({ cloud, sqs }, queue)).toSorted(
      (a, b) => Object.keys(b).length - Object.keys(a).length,
    );
    expect(one).toEqual({
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      "detail-type": "type",
      source: "whole",
      account: cloud.account,
      time: "2022-01-01T00:00:00Z",
      region: "us-east-1",
      resources: ["r"],
      detail: { n: 1 },
    });
    expect(two).toEqual({ n: 1 });
    await put(events, entry("other", { n: 2 }));
    expect(await receive({ cloud, sqs }, queue)).toEqual([]);
  });

  test("of the FIFO kind gets the group that the target names", async () => {
    const queue = await createQueue(sqs, "ordered.fifo");
    const SqsParameters = { MessageGroupId: "group" };
    await rule(events, "ordered", { source: ["ordered"] }, { Id: "q", Arn: queue.arn, SqsParameters });
    await put(events, entry("ordered"));
    expect((await receive({ cloud, sqs }, queue))[0]?.Attributes).toMatchObject({ MessageGroupId: "group" });
  });

  test("gets what the template makes of the event", async () => {
    const queue = await createQueue(sqs, "transformed");
    await rule(
      events,
      "transformed",
      { source: ["transformed"] },
      {
        Id: "q",
        Arn: queue.arn,
        InputTransformer: { InputPathsMap: { n: "$.detail.n" }, InputTemplate: '{"number": <n>, "text": "n is <n>"}' },
      },
    );
    await put(events, entry("transformed", { n: 7 }));
    expect(await bodies({ cloud, sqs }, queue)).toEqual([{ number: 7, text: "n is 7" }]);
  });

  test("that is gone, or keeps EventBridge out, loses the event to the dead-letter queue with the reason", async () => {
    const dead = await createQueue(sqs, "dead");
    const gone = await createQueue(sqs, "gone");
    await sqs.send(new DeleteQueueCommand({ QueueUrl: gone.url }));
    const RuleArn = await rule(
      events,
      "gone",
      { source: ["gone"] },
      { Id: "q", Arn: gone.arn, DeadLetterConfig: { Arn: dead.arn } },
    );
    await put(events, entry("gone", { n: 1 }));
    const [message] = await receive({ cloud, sqs }, dead);
    expect(JSON.parse(message?.Body ?? "")).toMatchObject({ source: "gone", detail: { n: 1 } });
    const attributes = Object.fromEntries(
      Object.entries(message?.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue]),
    );
    expect(attributes).toMatchObject({ RULE_ARN: RuleArn, TARGET_ARN: gone.arn, RETRY_ATTEMPTS: "0" });
    expect(attributes["ERROR_CODE"]).toBe("NO_RESOURCE");
    expect(attributes).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
  });

  test("is tried again, ever more seldom, when the fault is the service's", async () => {
    const queue = await createQueue(sqs, "flaky");
    await rule(events, "flaky", { source: ["flaky"] }, { Id: "q", Arn: queue.arn });
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 2 });
    await put(events, entry("flaky"));
    expect(await receive({ cloud, sqs }, queue)).toEqual([]);
    await cloud.clock.advance("1 second");
    expect(await receive({ cloud, sqs }, queue)).toEqual([]);
    await cloud.clock.advance("2 seconds");
    expect(await receive({ cloud, sqs }, queue)).toHaveLength(1);
  });

  test("is tried as often as the target's policy says, then the event is a dead letter", async () => {
    const dead = await createQueue(sqs, "exhausted-dead");
    const queue = await createQueue(sqs, "exhausted");
    await rule(
      events,
      "exhausted",
      { source: ["exhausted"] },
      {
        Id: "q",
        Arn: queue.arn,
        RetryPolicy: { MaximumRetryAttempts: 1 },
        DeadLetterConfig: { Arn: dead.arn },
      },
    );
    cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 2 });
    await put(events, entry("exhausted"));
    await cloud.clock.advance("1 second");
    expect(await receive({ cloud, sqs }, queue)).toEqual([]);
    const [message] = await receive({ cloud, sqs }, dead);
    expect(message?.MessageAttributes?.["RETRY_ATTEMPTS"]?.StringValue).toBe("1");
    expect(message?.MessageAttributes?.["EXHAUSTED_RETRY_CONDITION"]?.StringValue).toBe("MaximumRetryAttempts");
  });
});

test("an event that stays undelivered past its age is a dead letter for that", async () => {
  const dead = await createQueue(sqs, "aged-dead");
  const queue = await createQueue(sqs, "aged");
  const RetryPolicy = { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 185 };
  await rule(
    events,
    "aged",
    { source: ["aged"] },
    { Id: "q", Arn: queue.arn, RetryPolicy, DeadLetterConfig: { Arn: dead.arn } },
  );
  // 1 + 2 + 4 + 8 + 16 seconds, and 32 more would be too late.
  cloud.faults.next("sqs:SendMessage", "ServiceUnavailable", { times: 6 });
  await put(events, entry("aged"));
  await cloud.clock.advance("1 hour");
  expect(await receive({ cloud, sqs }, queue)).toEqual([]);
  const [message] = await receive({ cloud, sqs }, dead);
  const { EXHAUSTED_RETRY_CONDITION: condition, RETRY_ATTEMPTS: tries } = message?.MessageAttributes ?? {};
  expect([condition?.StringValue, tries?.StringValue]).toEqual(["MaximumEventAgeInSeconds", "5"]);
});

test("a log group gets the event where the account's resource policy lets EventBridge in", async () => {
  const logs = new CloudWatchLogsClient(cloud.clientConfig());
  const logGroupName = "/aws/events/all";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  const Arn = `arn:aws:logs:us-east-1:${cloud.account}:log-group:${logGroupName}`;
  await logs.send(
    new PutResourcePolicyCommand({
      policyName: "events",
      policyDocument: document({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${Arn}:*`,
      }),
    }),
  );
  await rule(events, "logged", { source: ["logged"] }, { Id: "l", Arn });
  await put(events, entry("logged", { n: 1 }));
  await cloud.settle();
  const { events: lines = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
  expect(lines.map((line) => JSON.parse(line.message ?? "") as object)).toMatchObject([{ detail: { n: 1 } }]);
});
