// Event buses through the SDK client: buses, their policies and tags, with the messages recorded from AWS.

import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListTagsForResourceCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";

let cloud: RunningCloud;
let events: EventBridgeClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "events.buses" });
  events = new EventBridgeClient({ ...cloud.clientConfig(), maxAttempts: 1 });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const create = (Name: string, rest: object = {}): Promise<{ EventBusArn?: string | undefined }> =>
  events.send(new CreateEventBusCommand({ Name, ...rest }));
const describeBus = (Name?: string): Promise<{ Policy?: string | undefined }> =>
  events.send(new DescribeEventBusCommand({ Name }));
const busArn = (name: string): string => `arn:aws:events:us-east-1:${cloud.account}:event-bus/${name}`;
const missing = (name: string): object => ({
  name: "ResourceNotFoundException",
  message: `Event bus ${name} does not exist.`,
});

describe("a bus", () => {
  test("is made, shown, changed, listed and deleted", async () => {
    expect(await create("orders", { Description: "test bus" })).toMatchObject({
      EventBusArn: busArn("orders"),
      Description: "test bus",
    });
    expect(await describeBus("orders")).toMatchObject({
      Name: "orders",
      Arn: busArn("orders"),
      Description: "test bus",
      CreationTime: expect.any(Date) as Date,
    });
    await events.send(new UpdateEventBusCommand({ Name: "orders", Description: "changed" }));
    expect(await describeBus(busArn("orders"))).toMatchObject({ Description: "changed" });
    const { EventBuses = [] } = await events.send(new ListEventBusesCommand({ NamePrefix: "ord" }));
    expect(EventBuses.map((bus) => bus.Name)).toEqual(["orders"]);
    await events.send(new DeleteEventBusCommand({ Name: "orders" }));
    await expect(describeBus("orders")).rejects.toMatchObject(missing("orders"));
  });

  test("the default one is always there, and stays", async () => {
    expect(await describeBus()).toMatchObject({ Name: "default", Arn: busArn("default") });
    await expect(events.send(new DeleteEventBusCommand({ Name: "default" }))).rejects.toMatchObject({
      name: "ValidationException",
      message: "Cannot delete event bus default.",
    });
  });

  test("has its name once", async () => {
    await create("once");
    await expect(create("once")).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
      message: "Event bus once already exists.",
    });
    await expect(events.send(new DeleteEventBusCommand({ Name: "never" }))).rejects.toMatchObject(missing("never"));
  });

  test("stays while it has rules", async () => {
    await create("ruled");
    await events.send(new PutRuleCommand({ Name: "r", EventBusName: "ruled", EventPattern: '{"source":["a"]}' }));
    await expect(events.send(new DeleteEventBusCommand({ Name: "ruled" }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("is listed with others a page at a time", async () => {
    for (let index = 0; index < 5; index += 1) await create(`page-${index}`);
    const first = await events.send(new ListEventBusesCommand({ NamePrefix: "page-", Limit: 3 }));
    const rest = await events.send(
      new ListEventBusesCommand({ NamePrefix: "page-", Limit: 3, NextToken: first.NextToken }),
    );
    expect([first, rest].map((page) => page.EventBuses?.map((bus) => bus.Name))).toEqual([
      ["page-0", "page-1", "page-2"],
      ["page-3", "page-4"],
    ]);
    expect(rest.NextToken).toBeUndefined();
  });

  test("of a partner is refused by name", async () => {
    await expect(create("partner", { EventSourceName: "aws.partner/x/y" })).rejects.toThrow(/partner event sources/);
  });
});

describe("a bus's policy", () => {
  const permit = (EventBusName: string, StatementId: string, Principal: string): Promise<object> =>
    events.send(new PutPermissionCommand({ EventBusName, Action: "events:PutEvents", Principal, StatementId }));
  const statements = async (name: string): Promise<{ Sid: string }[]> => {
    const { Policy } = await describeBus(name);
    return Policy === undefined ? [] : (JSON.parse(Policy) as { Statement: { Sid: string }[] }).Statement;
  };

  test("gets a statement for each id, and loses it or all", async () => {
    await create("shared");
    await permit("shared", "one", "111111111111");
    await permit("shared", "all", "*");
    expect(await statements("shared")).toEqual([
      {
        Sid: "one",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "events:PutEvents",
        Resource: busArn("shared"),
      },
      { Sid: "all", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: busArn("shared") },
    ]);
    await events.send(new RemovePermissionCommand({ EventBusName: "shared", StatementId: "one" }));
    expect((await statements("shared")).map((each) => each.Sid)).toEqual(["all"]);
    const noStatement = {
      name: "ResourceNotFoundException",
      message: "Statement with the provided id does not exist.",
    };
    const remove = (): Promise<object> =>
      events.send(new RemovePermissionCommand({ EventBusName: "shared", StatementId: "one" }));
    await expect(remove()).rejects.toMatchObject(noStatement);
    await events.send(new RemovePermissionCommand({ EventBusName: "shared", RemoveAllPermissions: true }));
    expect(await describeBus("shared")).not.toHaveProperty("Policy");
    await expect(remove()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(permit("nowhere", "one", "*")).rejects.toMatchObject(missing("nowhere"));
  });

  test("may be given whole, with one statement that stands without a list; what is no policy is refused", async () => {
    await create("whole");
    const put = (Policy: string): Promise<object> =>
      events.send(new PutPermissionCommand({ EventBusName: "whole", Policy }));
    for (const policy of ["null", "[]", "7", '{"Version":"2012-10-17"}', '{"Statement":[7]}', "{"])
      await expect(put(policy), policy).rejects.toMatchObject({ name: "ValidationException" });
    const lone = { Sid: "lone", Effect: "Allow", Principal: "*", Action: "events:PutEvents", Resource: "*" };
    await put(JSON.stringify({ Version: "2012-10-17", Statement: lone }));
    await permit("whole", "more", "*");
    expect((await statements("whole")).map((each) => each.Sid)).toEqual(["lone", "more"]);
    await events.send(new RemovePermissionCommand({ EventBusName: "whole", StatementId: "lone" }));
    expect((await statements("whole")).map((each) => each.Sid)).toEqual(["more"]);
  });

  test("lets another account put events on it, and no account that it does not name", async () => {
    await create("open");
    const other = new EventBridgeClient({
      ...cloud.clientConfig(),
      credentials: { accessKeyId: "222222222222", secretAccessKey: "x" },
    });
    const put = (): Promise<{ FailedEntryCount?: number | undefined }> =>
      other.send(
        new PutEventsCommand({
          Entries: [{ EventBusName: busArn("open"), Source: "app", DetailType: "d", Detail: "{}" }],
        }),
      );
    await expect(put()).rejects.toMatchObject({ name: "AccessDeniedException" });
    await permit("open", "abroad", "222222222222");
    expect(await put()).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) as string }] });
  });
});

describe("tags", () => {
  test("stand on buses and rules", async () => {
    await create("tagged", { Tags: [{ Key: "tag1", Value: "value1" }] });
    await events.send(
      new PutRuleCommand({
        Name: "tagged",
        EventPattern: '{"source":["a"]}',
        Tags: [{ Key: "tag1", Value: "value1" }],
      }),
    );
    for (const ResourceARN of [busArn("tagged"), `arn:aws:events:us-east-1:${cloud.account}:rule/tagged`]) {
      const list = async (): Promise<unknown> =>
        (await events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
      await events.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: "tag2", Value: "value2" }] }));
      expect(await list()).toEqual([
        { Key: "tag1", Value: "value1" },
        { Key: "tag2", Value: "value2" },
      ]);
      await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["tag2"] }));
      expect(await list()).toEqual([{ Key: "tag1", Value: "value1" }]);
    }
  });

  test("stand on nothing that is not there", async () => {
    const list = (ResourceARN: string): Promise<object> => events.send(new ListTagsForResourceCommand({ ResourceARN }));
    await expect(list(busArn("nowhere"))).rejects.toMatchObject(missing("nowhere"));
    await expect(list(`arn:aws:events:us-east-1:${cloud.account}:rule/nowhere`)).rejects.toMatchObject({
      message: "Rule nowhere does not exist on EventBus default.",
    });
  });
});
