// AWS::Events::Rule, EventBus and EventBusPolicy, deployed by CloudFormation and seen through EventBridge's own client.

import { CloudControlClient, GetResourceCommand } from "@aws-sdk/client-cloudcontrol";
import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
} from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stacksOf, type Resources, type Stacks } from "../../../cloud/test-stacks.ts";
import { startCloud, type RunningCloud } from "../../../index.ts";

let cloud: RunningCloud;
let at: Stacks;
let events: EventBridgeClient;

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "events.rule" });
  at = stacksOf(cloud);
  events = new EventBridgeClient(cloud.clientConfig());
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const queue = (name: string): string => `arn:aws:sqs:us-east-1:${cloud.account}:${name}`;
const ownTags = async (ResourceARN = ""): Promise<unknown[]> =>
  ((await events.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags ?? []).filter(
    (tag) => tag.Key?.startsWith("aws:") === false,
  );

describe("AWS::Events::Rule", () => {
  const rule = (Properties: object): Resources => ({ Rule: { Type: "AWS::Events::Rule", Properties } });
  const EventPattern = { source: ["app"] };

  test("changes in place: its pattern, targets and tags", async () => {
    const { Rule = "" } = await at.deploy(
      "rules",
      rule({
        EventPattern,
        Description: "first",
        Tags: [{ Key: "a", Value: "1" }],
        Targets: [
          { Id: "one", Arn: queue("one") },
          { Id: "two", Arn: queue("two"), InputPath: "$.detail" },
        ],
      }),
    );
    expect(Rule).toMatch(/^rules-Rule-[A-Za-z0-9]+$/);
    const shown = await events.send(new DescribeRuleCommand({ Name: Rule }));
    expect(shown).toMatchObject({ EventPattern: JSON.stringify(EventPattern), Description: "first", State: "ENABLED" });
    expect(await ownTags(shown.Arn)).toEqual([{ Key: "a", Value: "1" }]);
    const again = await at.deploy(
      "rules",
      rule({
        ScheduleExpression: "rate(1 hour)",
        State: "DISABLED",
        Tags: [{ Key: "b", Value: "2" }],
        Targets: [{ Id: "two", Arn: queue("three") }],
      }),
    );
    expect(again["Rule"]).toBe(Rule);
    const changed = await events.send(new DescribeRuleCommand({ Name: Rule }));
    expect(changed).toMatchObject({ ScheduleExpression: "rate(1 hour)", State: "DISABLED" });
    expect([changed.EventPattern, changed.Description]).toEqual([undefined, undefined]);
    const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule }));
    expect(Targets).toEqual([{ Id: "two", Arn: queue("three") }]);
    expect(await ownTags(shown.Arn)).toEqual([{ Key: "b", Value: "2" }]);
    await at.destroy("rules");
    expect((await events.send(new ListRulesCommand({ NamePrefix: "rules-" }))).Rules).toEqual([]);
  });

  test("on a bus of its own is named after it, and is replaced when its name changes", async () => {
    const onBus = (Name: string): Resources => ({
      Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "own" } },
      ...rule({ Name, EventBusName: { Ref: "Bus" }, EventPattern }),
    });
    expect(await at.deploy("bus-rules", onBus("old"))).toEqual({ Bus: "own", Rule: "own|old" });
    expect(await at.deploy("bus-rules", onBus("new"))).toMatchObject({ Rule: "own|new" });
    const { Rules } = await events.send(new ListRulesCommand({ EventBusName: "own" }));
    expect(Rules?.map((each) => each.Name)).toEqual(["new"]);
    await at.destroy("bus-rules");
    expect((await events.send(new ListEventBusesCommand({ NamePrefix: "own" }))).EventBuses).toEqual([]);
  });

  test("that EventBridge refuses fails the stack in its words", async () => {
    expect(await at.failure("refused", rule({ ScheduleExpression: "every day" }))).toMatch(
      /Parameter ScheduleExpression is not valid\./,
    );
  });
});

describe("AWS::Events::EventBus and EventBusPolicy", () => {
  const bus = (Properties: object, others: Resources = {}): Resources => ({
    Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "deployed", ...Properties } },
    ...others,
  });
  const policy = (StatementId: string, Properties: object): Resources => ({
    Policy: {
      Type: "AWS::Events::EventBusPolicy",
      Properties: { EventBusName: { Ref: "Bus" }, StatementId, ...Properties },
    },
  });
  const sids = async (): Promise<unknown> => {
    const { Policy } = await events.send(new DescribeEventBusCommand({ Name: "deployed" }));
    return Policy === undefined
      ? undefined
      : (JSON.parse(Policy) as { Statement: { Sid: string }[] }).Statement.map((each) => each.Sid);
  };
  const permission = { Action: "events:PutEvents", Principal: "111111111111" };

  test("a bus changes in place, and keeps the statements of its policies", async () => {
    await at.deploy(
      "buses",
      bus({ Description: "first", Tags: [{ Key: "a", Value: "1" }] }, policy("one", permission)),
    );
    const changed = bus({ Description: "second", Tags: [{ Key: "b", Value: "2" }] }, policy("one", permission));
    expect(await at.deploy("buses", changed)).toMatchObject({ Policy: "one" });
    const shown = await events.send(new DescribeEventBusCommand({ Name: "deployed" }));
    expect(shown.Description).toBe("second");
    expect(await ownTags(shown.Arn)).toEqual([{ Key: "b", Value: "2" }]);
    expect(await sids()).toEqual(["one"]);
  });

  test("a policy is one statement: given in parts or whole, replaced under another id, gone with its resource", async () => {
    const Statement = {
      Effect: "Allow",
      Principal: "*",
      Action: "events:PutEvents",
      Resource: { "Fn::GetAtt": ["Bus", "Arn"] },
    };
    await at.deploy("buses", bus({}, policy("two", { Statement })));
    expect(await sids()).toEqual(["two"]);
    await at.deploy("buses", bus({}));
    expect(await sids()).toBeUndefined();
  });

  test("a bus reads back as it was deployed", async () => {
    await at.deploy("buses", bus({ Description: "read", Tags: [{ Key: "c", Value: "3" }] }));
    const control = new CloudControlClient(cloud.clientConfig());
    const { ResourceDescription } = await control.send(
      new GetResourceCommand({ TypeName: "AWS::Events::EventBus", Identifier: "deployed" }),
    );
    expect(JSON.parse(ResourceDescription?.Properties ?? "")).toMatchObject({
      Name: "deployed",
      Description: "read",
      Tags: expect.arrayContaining([{ Key: "c", Value: "3" }]) as object,
    });
  });
});
