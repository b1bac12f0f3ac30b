// Archives and replays through the SDK client, with the messages recorded from AWS.

import {
  CancelReplayCommand,
  CreateArchiveCommand,
  CreateEventBusCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListReplaysCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  UpdateArchiveCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
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
let sqs: SQSClient;
let bus: string;
let QueueUrl: string | undefined;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "events.archives" });
  cloud.clock.hold();
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
  sqs = new SQSClient(cloud.clientConfig());
  const { EventBusArn = "" } = await events.send(new CreateEventBusCommand({ Name: "bus" }));
  bus = EventBusArn;
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "replayed" })));
  const Arn = `arn:aws:sqs:us-east-1:${cloud.account}:replayed`;
  const Statement = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: Arn };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await events.send(
    new PutRuleCommand({ Name: "all", EventBusName: "bus", EventPattern: '{"source":[{"prefix":""}]}' }),
  );
  await events.send(new PutTargetsCommand({ Rule: "all", EventBusName: "bus", Targets: [{ Id: "q", Arn }] }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const create = (ArchiveName: string, rest: object = {}): Promise<{ ArchiveArn?: string | undefined }> =>
  events.send(new CreateArchiveCommand({ ArchiveName, EventSourceArn: bus, ...rest }));
const shown = (ArchiveName: string): Promise<object> => events.send(new DescribeArchiveCommand({ ArchiveName }));
const archiveArn = (name: string): string => `arn:aws:events:us-east-1:${cloud.account}:archive/${name}`;
const put = (Source: string, n: number): Promise<object> =>
  events.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: "bus", Source, DetailType: "d", Detail: JSON.stringify({ n }) }],
    }),
  );
const replay = (ReplayName: string, archive: string, rest: object = {}): Promise<object> =>
  events.send(
    new StartReplayCommand({
      ReplayName,
      EventSourceArn: archiveArn(archive),
      EventStartTime: new Date(cloud.clock.now() - 3_600_000),
      EventEndTime: new Date(cloud.clock.now() + 1000),
      Destination: { Arn: bus },
      ...rest,
    }),
  );
async function received(): Promise<Record<string, unknown>[]> {
  await cloud.settle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map((message) => JSON.parse(message.Body ?? "") as Record<string, unknown>);
}
const refused = (message: string, name = "ValidationException"): object => ({ name, message });

describe("an archive", () => {
  test("is made, shown, listed, changed and deleted", async () => {
    const EventPattern = '{"source":["kept"]}';
    expect(await create("shown", { Description: "d", EventPattern, RetentionDays: 1 })).toMatchObject({
      ArchiveArn: archiveArn("shown"),
      State: "ENABLED",
    });
    const facts = {
      ArchiveName: "shown",
      EventSourceArn: bus,
      State: "ENABLED",
      RetentionDays: 1,
      SizeBytes: 0,
      EventCount: 0,
      CreationTime: expect.any(Date) as Date,
    };
    expect(await shown("shown")).toMatchObject({ ...facts, ArchiveArn: archiveArn("shown"), EventPattern });
    for (const by of [{ NamePrefix: "sho" }, { EventSourceArn: bus }, { State: "ENABLED" as const }])
      expect((await events.send(new ListArchivesCommand(by))).Archives).toEqual([facts]);
    expect((await events.send(new ListArchivesCommand({ State: "DISABLED" }))).Archives).toEqual([]);
    await put("kept", 1);
    await put("other", 2);
    expect(await shown("shown")).toMatchObject({ EventCount: 1 });
    await events.send(new UpdateArchiveCommand({ ArchiveName: "shown", RetentionDays: 2 }));
    expect(await shown("shown")).toMatchObject({ RetentionDays: 2, Description: "d", EventPattern });
    await events.send(new DeleteArchiveCommand({ ArchiveName: "shown" }));
    const missing = refused("Archive shown does not exist.", "ResourceNotFoundException");
    await expect(shown("shown")).rejects.toMatchObject(missing);
    await expect(events.send(new DeleteArchiveCommand({ ArchiveName: "shown" }))).rejects.toMatchObject(missing);
    await received();
  });

  test("has its name once, and a bus that is there", async () => {
    await create("once");
    await expect(create("once")).rejects.toMatchObject(
      refused("Archive once already exists.", "ResourceAlreadyExistsException"),
    );
    await expect(create("lost", { EventSourceArn: `${bus}x` })).rejects.toMatchObject(
      refused("Event bus busx does not exist.", "ResourceNotFoundException"),
    );
    await expect(events.send(new UpdateArchiveCommand({ ArchiveName: "once" }))).rejects.toMatchObject(
      refused("At least one of EventPattern, RetentionDays or Description must be provided."),
    );
  });

  test("forgets events when their days are over", async () => {
    await create("days", { RetentionDays: 1 });
    await put("days", 1);
    await cloud.clock.advance("23 hours");
    expect(await shown("days")).toMatchObject({ EventCount: 1 });
    await cloud.clock.advance("2 hours");
    expect(await shown("days")).toMatchObject({ EventCount: 0 });
    await received();
  });
});

describe("a replay", () => {
  test("sends the events of its time again, in order and under its name, into no archive", async () => {
    await create("replayed");
    await cloud.clock.advance("2 hours");
    for (const n of [1, 2, 3]) await put("app", n);
    const sent = await received();
    expect(await replay("again", "replayed", { Description: "d" })).toMatchObject({
      ReplayArn: `arn:aws:events:us-east-1:${cloud.account}:replay/again`,
      State: "STARTING",
    });
    expect(await received()).toEqual(sent.map((event) => ({ ...event, "replay-name": "again" })));
    expect(await shown("replayed")).toMatchObject({ EventCount: 3 });
    const { ReplayName, State, Destination, ReplayEndTime } = await events.send(
      new DescribeReplayCommand({ ReplayName: "again" }),
    );
    expect({ ReplayName, State, Destination, ReplayEndTime }).toEqual({
      ReplayName: "again",
      State: "COMPLETED",
      Destination: { Arn: bus },
      ReplayEndTime: expect.any(Date) as Date,
    });
    for (const by of [
      { NamePrefix: "aga" },
      { EventSourceArn: archiveArn("replayed") },
      { State: "COMPLETED" as const },
    ]) {
      const { Replays } = await events.send(new ListReplaysCommand(by));
      expect(Replays?.map((each) => each.ReplayName)).toEqual(["again"]);
    }
  });

  test("goes to the rules that it names", async () => {
    await create("named");
    await put("app", 1);
    await received();
    const rule = `arn:aws:events:us-east-1:${cloud.account}:rule/bus`;
    await replay("to-none", "named", { Destination: { Arn: bus, FilterArns: [`${rule}/other`] } });
    expect(await received()).toEqual([]);
    await replay("to-all", "named", { Destination: { Arn: bus, FilterArns: [`${rule}/all`] } });
    expect(await received()).toHaveLength(1);
  });

  test("is cancelled before it has run, and not after", async () => {
    await create("cancelled");
    await put("app", 1);
    await received();
    await replay("stopped", "cancelled");
    expect(await events.send(new CancelReplayCommand({ ReplayName: "stopped" }))).toMatchObject({
      State: "CANCELLING",
    });
    expect(await received()).toEqual([]);
    expect(await events.send(new DescribeReplayCommand({ ReplayName: "stopped" }))).toMatchObject({
      State: "CANCELLED",
    });
    await expect(events.send(new CancelReplayCommand({ ReplayName: "stopped" }))).rejects.toMatchObject({
      name: "IllegalStatusException",
    });
  });

  test("is refused in AWS's words", async () => {
    await create("refused");
    await replay("taken", "refused");
    await cloud.settle();
    const now = new Date(cloud.clock.now());
    await expect(replay("taken", "refused")).rejects.toMatchObject(
      refused("Replay taken already exists.", "ResourceAlreadyExistsException"),
    );
    await expect(replay("x", "nowhere")).rejects.toMatchObject(
      refused("Parameter EventSourceArn is not valid. Reason: Archive nowhere does not exist."),
    );
    await expect(replay("x", "refused", { Destination: { Arn: `${bus}x` } })).rejects.toMatchObject(
      refused("Event bus busx does not exist.", "ResourceNotFoundException"),
    );
    const Arn = bus.replace("/bus", "/default");
    await expect(replay("x", "refused", { Destination: { Arn } })).rejects.toMatchObject(
      refused("Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted."),
    );
    await expect(replay("x", "refused", { EventStartTime: now, EventEndTime: now })).rejects.toMatchObject(
      refused("Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime."),
    );
    await expect(events.send(new DescribeReplayCommand({ ReplayName: "nowhere" }))).rejects.toMatchObject(
      refused("Replay nowhere does not exist.", "ResourceNotFoundException"),
    );
  });
});

test("AWS::Events::Archive changes in place, and is another when it loses its pattern", async () => {
  const stacks = new CloudFormationClient(cloud.clientConfig());
  const template = (Properties: object): { StackName: string; TemplateBody: string } => ({
    StackName: "archive",
    TemplateBody: JSON.stringify({
      Resources: { Archive: { Type: "AWS::Events::Archive", Properties: { SourceArn: bus, ...Properties } } },
      Outputs: { Name: { Value: { Ref: "Archive" } } },
    }),
  });
  const name = async (): Promise<string> => {
    await cloud.settle();
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: "archive" }));
    expect(Stacks?.[0]?.StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
    return Stacks?.[0]?.Outputs?.[0]?.OutputValue ?? "";
  };
  await stacks.send(new CreateStackCommand(template({ EventPattern: { source: ["a"] }, RetentionDays: 3 })));
  const first = await name();
  expect(await shown(first)).toMatchObject({ EventPattern: '{"source":["a"]}', RetentionDays: 3 });
  await stacks.send(new UpdateStackCommand(template({ EventPattern: { source: ["b"] }, Description: "d" })));
  expect(await name()).toBe(first);
  expect(await shown(first)).toMatchObject({ EventPattern: '{"source":["b"]}', RetentionDays: 0, Description: "d" });
  await stacks.send(new UpdateStackCommand(template({})));
  const second = await name();
  expect(second).not.toBe(first);
  await expect(shown(first)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
