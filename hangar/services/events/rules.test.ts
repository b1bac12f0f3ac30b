// Rules and targets through the SDK client: patterns, schedules on the clock, limits, and the messages recorded from AWS.

import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "events.rules" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  await events.send(new CreateEventBusCommand({ Name: "bus" }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const PATTERN = '{"source":["app"]}';
const put = (Name: string, rest: object = { EventPattern: PATTERN }): Promise<{ RuleArn?: string | undefined }> =>
  events.send(new PutRuleCommand({ Name, ...rest }));
const queue = (name: string): string => `arn:aws:sqs:us-east-1:${cloud.account}:${name}`;
const putTargets = (Rule: string, ...Targets: Target[]): Promise<object> =>
  events.send(new PutTargetsCommand({ Rule, Targets }));
const targetsOf = async (Rule: string): Promise<Target[]> =>
  (await events.send(new ListTargetsByRuleCommand({ Rule }))).Targets ?? [];
const refused = (message: string, name = "ValidationException"): object => ({ name, message });

describe("a rule", () => {
  test.each([
    [undefined, "rule/shown"],
    ["bus", "rule/bus/shown"],
  ])("on bus %s is shown, listed, disabled, enabled and deleted", async (EventBusName, path) => {
    const bus = EventBusName === undefined ? {} : { EventBusName };
    const Arn = `arn:aws:events:us-east-1:${cloud.account}:${path}`;
    expect(await put("shown", { ...bus, EventPattern: PATTERN, Description: "d" })).toMatchObject({ RuleArn: Arn });
    const shown = async (): Promise<object> => events.send(new DescribeRuleCommand({ ...bus, Name: "shown" }));
    const facts = {
      Name: "shown",
      Arn,
      EventPattern: PATTERN,
      Description: "d",
      State: "ENABLED",
      EventBusName: EventBusName ?? "default",
    };
    expect(await shown()).toMatchObject({ ...facts, CreatedBy: cloud.account });
    await events.send(new DisableRuleCommand({ ...bus, Name: "shown" }));
    expect(await shown()).toMatchObject({ State: "DISABLED" });
    await events.send(new EnableRuleCommand({ ...bus, Name: "shown" }));
    const { Rules } = await events.send(new ListRulesCommand({ ...bus, NamePrefix: "sho" }));
    expect(Rules).toEqual([facts]);
    await events.send(new DeleteRuleCommand({ ...bus, Name: "shown" }));
    await events.send(new DeleteRuleCommand({ ...bus, Name: "shown" }));
    await expect(shown()).rejects.toMatchObject(
      refused(`Rule shown does not exist on EventBus ${EventBusName ?? "default"}.`, "ResourceNotFoundException"),
    );
  });

  test("is changed by putting it again", async () => {
    await put("again", { EventPattern: PATTERN, Description: "first" });
    await put("again", { EventPattern: '{"source":["other"]}' });
    expect(await events.send(new DescribeRuleCommand({ Name: "again" }))).toMatchObject({
      EventPattern: '{"source":["other"]}',
    });
  });

  test("needs a pattern or a schedule that is one", async () => {
    await expect(put("none", {})).rejects.toMatchObject(
      refused("Parameter(s) EventPattern or ScheduleExpression must be specified."),
    );
    await expect(put("odd", { ScheduleExpression: "rate(10 seconds)" })).rejects.toMatchObject(
      refused("Parameter ScheduleExpression is not valid."),
    );
    await expect(put("odd", { ScheduleExpression: "rate(1 minute)", EventBusName: "bus" })).rejects.toMatchObject(
      refused("ScheduleExpression is supported only on the default event bus."),
    );
    await expect(put("odd", { EventPattern: '{"resources": []}' })).rejects.toMatchObject(
      refused(
        'Event pattern is not valid. Reason: Empty arrays are not allowed\n at [Source: (String)"{"resources": []}"; line: 1, column: 17]',
        "InvalidEventPatternException",
      ),
    );
    await expect(put("odd", { EventPattern: PATTERN, EventBusName: "nowhere" })).rejects.toMatchObject(
      refused("Event bus nowhere does not exist.", "ResourceNotFoundException"),
    );
  });

  test("is listed with others a page at a time", async () => {
    for (let index = 0; index < 5; index += 1) await put(`page-${index}`);
    const first = await events.send(new ListRulesCommand({ NamePrefix: "page-", Limit: 3 }));
    const rest = await events.send(new ListRulesCommand({ NamePrefix: "page-", Limit: 3, NextToken: first.NextToken }));
    expect([first, rest].map((page) => page.Rules?.map((rule) => rule.Name))).toEqual([
      ["page-0", "page-1", "page-2"],
      ["page-3", "page-4"],
    ]);
    expect(rest.NextToken).toBeUndefined();
  });
});

describe("targets", () => {
  test("are put, replaced by id, listed and removed", async () => {
    await put("targets");
    expect(await putTargets("targets", { Id: "a", Arn: queue("a") }, { Id: "b", Arn: queue("b") })).toMatchObject({
      FailedEntryCount: 0,
      FailedEntries: [],
    });
    await putTargets("targets", { Id: "a", Arn: queue("c"), InputPath: "$.detail" });
    expect(await targetsOf("targets")).toEqual([
      { Id: "a", Arn: queue("c"), InputPath: "$.detail" },
      { Id: "b", Arn: queue("b") },
    ]);
    const { RuleNames } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: queue("b") }));
    expect(RuleNames).toEqual(["targets"]);
    await expect(events.send(new DeleteRuleCommand({ Name: "targets" }))).rejects.toMatchObject(
      refused("Rule can't be deleted since it has targets."),
    );
    await events.send(new RemoveTargetsCommand({ Rule: "targets", Ids: ["a", "b"] }));
    expect(await targetsOf("targets")).toEqual([]);
    await events.send(new DeleteRuleCommand({ Name: "targets" }));
  });

  test("are at most five", async () => {
    await put("five");
    const many = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: queue("q") }));
    await expect(putTargets("five", ...many)).rejects.toMatchObject(
      refused("The requested resource exceeds the maximum number allowed.", "LimitExceededException"),
    );
    expect(await targetsOf("five")).toEqual([]);
  });

  test("have ids of AWS's making, and places that can be reached", async () => {
    await put("checked");
    await expect(putTargets("checked", { Id: "!@#$@!#$", Arn: queue("q") })).rejects.toMatchObject(
      refused(
        String.raw`1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+`,
      ),
    );
    await expect(putTargets("checked", { Id: "t", Arn: "nonsense" })).rejects.toMatchObject(
      refused("Parameter nonsense is not valid. Reason: Provided Arn is not in correct format."),
    );
    await expect(putTargets("checked", { Id: "t", Arn: queue("q.fifo") })).rejects.toMatchObject(
      refused("Parameter(s) SqsParameters must be specified for target: t."),
    );
    const cluster = `arn:aws:batch:us-east-1:${cloud.account}:job-queue/q`;
    await expect(putTargets("checked", { Id: "t", Arn: cluster })).rejects.toThrow(/does not emulate/);
    await expect(putTargets("nowhere", { Id: "t", Arn: queue("q") })).rejects.toMatchObject(
      refused("Rule nowhere does not exist on EventBus default.", "ResourceNotFoundException"),
    );
  });
});

describe("TestEventPattern", () => {
  const EVENT = {
    id: "1",
    source: "app",
    "detail-type": "order",
    account: "111111111111",
    time: "2026-01-01T00:00:00Z",
    region: "us-east-1",
    resources: ["a", "b"],
    detail: { state: "paid", total: 12.5 },
  };
  const fits = async (EventPattern: string, event: unknown = EVENT): Promise<unknown> =>
    (await events.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) }))).Result;

  test.each([
    ['{"source":["app"]}', true],
    ['{"source":["other"]}', false],
    ['{"resources":["b"]}', true],
    ['{"detail":{"total":[{"numeric":[">",10,"<=",12.5]}]}}', true],
    ['{"detail":{"state":[{"anything-but":["paid"]}]}}', false],
    ['{"detail":{"gone":[{"exists":false}]}}', true],
    ['{"$or":[{"source":["x"]},{"detail":{"state":[{"prefix":"pa"}]}}]}', true],
    ['{"detail-type":[{"wildcard":"or*r"}]}', true],
  ])("%s: %s", async (pattern, expected) => {
    expect(await fits(pattern)).toBe(expected);
  });

  test("takes whole events only", async () => {
    const message = "Parameter Event is not valid.";
    for (const event of ["text", ["array"], { source: "app" }])
      await expect(fits('{"source":["app"]}', event)).rejects.toMatchObject(refused(message));
  });
});

describe("a schedule", () => {
  let sqs: SQSClient;
  let QueueUrl: string | undefined;

  beforeAll(async () => {
    sqs = new SQSClient(cloud.clientConfig());
    ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "scheduled" })));
    const Statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: queue("scheduled") };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  });

  const received = async (): Promise<Record<string, unknown>[]> => {
    await cloud.settle();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return Messages.map((message) => JSON.parse(message.Body ?? "") as Record<string, unknown>);
  };

  test("sends AWS's scheduled event each time it is due, until it is disabled", async () => {
    const { RuleArn } = await put("minutes", { ScheduleExpression: "rate(2 minutes)" });
    await putTargets("minutes", { Id: "q", Arn: queue("scheduled") });
    const due = cloud.clock.now() + 120_000;
    await cloud.clock.advance("119 seconds");
    expect(await received()).toEqual([]);
    await cloud.clock.advance("1 second");
    expect(await received()).toEqual([
      {
        version: "0",
        id: expect.any(String) as string,
        "detail-type": "Scheduled Event",
        source: "aws.events",
        account: cloud.account,
        time: `${new Date(due).toISOString().slice(0, 19)}Z`,
        region: "us-east-1",
        resources: [RuleArn],
        detail: {},
      },
    ]);
    await cloud.clock.advance("4 minutes");
    expect(await received()).toHaveLength(2);
    await events.send(new DisableRuleCommand({ Name: "minutes" }));
    await cloud.clock.advance("1 hour");
    expect(await received()).toEqual([]);
    await events.send(new EnableRuleCommand({ Name: "minutes" }));
    await cloud.clock.advance("2 minutes");
    expect(await received()).toHaveLength(1);
    await events.send(new RemoveTargetsCommand({ Rule: "minutes", Ids: ["q"] }));
    await events.send(new DeleteRuleCommand({ Name: "minutes" }));
    await cloud.clock.advance("1 hour");
    expect(await received()).toEqual([]);
  });

  test("by cron, with an input of its own", async () => {
    await put("daily", { ScheduleExpression: "cron(0 12 * * ? *)" });
    await putTargets("daily", { Id: "q", Arn: queue("scheduled"), Input: '{"custom":"input"}' });
    await cloud.clock.advance("1 day");
    expect(await received()).toEqual([{ custom: "input" }]);
    await events.send(new DisableRuleCommand({ Name: "daily" }));
  });
});
