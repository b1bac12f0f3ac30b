// Change sets: what they say would happen, and what executing them does.

import {
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetHookResultCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListHookResultsCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  parameter,
  parametersOf,
  queue,
  refusal,
  settled,
  startStackCloud,
  type StackCloud,
} from "../workers/test-cloud.ts";
import { NOTHING, drop, propose } from "../test-change-sets.ts";

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud();
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

describe("a change set for a new stack", () => {
  const template = { Resources: { Q: queue("proposed") }, Outputs: { Url: { Value: { Ref: "Q" } } } };

  test("has additions; its stack is in review, without a template", async () => {
    const set = await propose(at, "fresh", template, { ChangeSetType: "CREATE", values: true, Description: "first" });
    expect(set).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE", Description: "first" });
    expect(set.Changes).toEqual([
      {
        Type: "Resource",
        ResourceChange: {
          Action: "Add",
          LogicalResourceId: "Q",
          ResourceType: "AWS::SQS::Queue",
          Scope: [],
          Details: [],
          AfterContext: '{"Properties":{"QueueName":"proposed"}}',
        },
      },
    ]);
    const { Stacks } = await at.cfn.send(new DescribeStacksCommand({ StackName: "fresh" }));
    expect(Stacks?.[0]).toMatchObject({ StackStatus: "REVIEW_IN_PROGRESS", StackId: set.StackId });
    expect((await at.cfn.send(new GetTemplateCommand({ StackName: "fresh" }))).TemplateBody).toBe("");
    expect((await at.cfn.send(new GetTemplateCommand({ ChangeSetName: set.ChangeSetId }))).TemplateBody).toBe(
      JSON.stringify(template),
    );
  });

  test("no hook has anything to say about it", async () => {
    const { ChangeSetId } = await at.cfn.send(
      new DescribeChangeSetCommand({ StackName: "fresh", ChangeSetName: "set" }),
    );
    const about = { TargetType: "CHANGE_SET", TargetId: ChangeSetId } as const;
    expect(await at.cfn.send(new ListHookResultsCommand(about))).toMatchObject({ ...about, HookResults: [] });
    expect(await refusal(at.cfn.send(new ListHookResultsCommand({ ...about, TargetId: `${ChangeSetId}x` })))).toMatch(
      /^HookResultNotFound/,
    );
    expect(
      await refusal(at.cfn.send(new GetHookResultCommand({ HookResultId: "0a2f7c1e-6d0c-4a51-9d0c-0d0c0d0c0d0c" }))),
    ).toMatch(/^HookResultNotFound/);
  });

  test("makes the stack when executed, once", async () => {
    const named = { StackName: "fresh", ChangeSetName: "set" };
    await at.cfn.send(new ExecuteChangeSetCommand(named));
    const stack = await settled(at, "fresh");
    expect(stack).toMatchObject({
      StackStatus: "CREATE_COMPLETE",
      ChangeSetId: expect.stringContaining(":changeSet/set/") as string,
    });
    expect(await at.cfn.send(new DescribeChangeSetCommand(named))).toMatchObject({
      ExecutionStatus: "EXECUTE_COMPLETE",
    });
    expect(await refusal(at.cfn.send(new ExecuteChangeSetCommand(named)))).toMatch(
      /^InvalidChangeSetStatusException 400 ChangeSet \[arn:/,
    );
    const { OperationEvents = [] } = await at.cfn.send(new DescribeEventsCommand({ StackName: "fresh" }));
    expect(OperationEvents.map((event) => event.ResourceStatus)).toEqual([
      "CREATE_COMPLETE",
      "CREATE_COMPLETE",
      "CREATE_IN_PROGRESS",
      "CREATE_IN_PROGRESS",
      "CREATE_IN_PROGRESS",
      "REVIEW_IN_PROGRESS",
    ]);
  });
});

describe("a change set for a stack that is there", () => {
  const template = (delay: number, name: string, value: unknown = { "Fn::GetAtt": ["Q", "Arn"] }): object => ({
    Parameters: { Delay: { Type: "Number", Default: delay } },
    Resources: {
      Q: queue(name, { DelaySeconds: { Ref: "Delay" } }),
      P: parameter("/set/p", value),
      Same: parameter("/set/same"),
    },
  });

  beforeAll(async () => {
    await create(at, "there", template(1, "there-a"));
  });

  test("a property that changes in place is a modification without replacement", async () => {
    const set = await propose(at, "there", template(2, "there-a"), { values: true });
    expect(set.Changes?.map((change) => change.ResourceChange)).toEqual([
      {
        Action: "Modify",
        LogicalResourceId: "Q",
        PhysicalResourceId: `${at.cloud.endpoint}/000000000000/there-a`,
        ResourceType: "AWS::SQS::Queue",
        Replacement: "False",
        Scope: ["Properties"],
        Details: [
          {
            Target: {
              Attribute: "Properties",
              Name: "DelaySeconds",
              RequiresRecreation: "Never",
              Path: "/Properties/DelaySeconds",
              AttributeChangeType: "Modify",
              BeforeValue: "1",
              AfterValue: "2",
            },
            ChangeSource: "DirectModification",
            Evaluation: "Dynamic",
          },
          {
            Target: {
              Attribute: "Properties",
              Name: "DelaySeconds",
              RequiresRecreation: "Never",
              Path: "/Properties/DelaySeconds",
              AttributeChangeType: "Modify",
              BeforeValue: "1",
              AfterValue: "2",
            },
            ChangeSource: "ParameterReference",
            Evaluation: "Static",
            CausingEntity: "Delay",
          },
        ],
        BeforeContext: '{"Properties":{"QueueName":"there-a","DelaySeconds":1}}',
        AfterContext: '{"Properties":{"QueueName":"there-a","DelaySeconds":2}}',
      },
    ]);
    await drop(at, "there");
  });

  test("one that does not replaces the resource, and what is built on it changes too", async () => {
    const set = await propose(at, "there", template(1, "there-b"));
    const found = set.Changes?.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Action,
      change?.Replacement,
      change?.PolicyAction,
      change?.Details?.map((detail) => [
        detail.Target?.Name,
        detail.Target?.RequiresRecreation,
        detail.ChangeSource,
        detail.CausingEntity,
      ]),
    ]);
    expect(found).toEqual([
      ["Q", "Modify", "True", "ReplaceAndDelete", [["QueueName", "Always", "DirectModification", undefined]]],
      ["P", "Modify", "False", undefined, [["Value", "Never", "ResourceAttribute", "Q.Arn"]]],
    ]);
    await drop(at, "there");
  });

  test("what the template leaves out is a removal", async () => {
    const set = await propose(at, "there", {
      Resources: { Same: parameter("/set/same"), New: { Type: "AWS::SQS::Queue" } },
    });
    expect(
      set.Changes?.map(({ ResourceChange: change }) => [
        change?.LogicalResourceId,
        change?.Action,
        change?.PolicyAction,
      ]),
    ).toEqual([
      ["New", "Add", undefined],
      ["P", "Remove", "Delete"],
      ["Q", "Remove", "Delete"],
    ]);
    await drop(at, "there");
  });

  test("without changes it has failed, in words that the CDK looks for", async () => {
    const set = await propose(at, "there", template(1, "there-a"));
    expect(set).toMatchObject({ Status: "FAILED", ExecutionStatus: "UNAVAILABLE", StatusReason: NOTHING, Changes: [] });
    expect(await refusal(at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId })))).toBe(
      `InvalidChangeSetStatusException 400 ChangeSet [${set.ChangeSetId}] cannot be executed in its current status of [FAILED]`,
    );
    await drop(at, "there");
  });

  test("what Hangar does not emulate fails it by name, before anything is touched", async () => {
    const set = await propose(at, "there", {
      Resources: { X: { Type: "AWS::Batch::JobQueue" } },
    });
    expect(set.Status).toBe("FAILED");
    expect(set.StatusReason).toContain("AWS::Batch::JobQueue");
    await drop(at, "there");
  });

  test("parameters keep their previous values; the executed set is the stack's state", async () => {
    const previous = [{ ParameterKey: "Delay", UsePreviousValue: true }];
    const same = await propose(at, "there", template(9, "there-a"), { Parameters: previous });
    expect(same.StatusReason).toBe(NOTHING);
    await drop(at, "there");
    const set = await propose(at, "there", template(9, "there-a"), { Parameters: parametersOf({ Delay: "7" }) });
    expect(set.Parameters).toEqual([{ ParameterKey: "Delay", ParameterValue: "7" }]);
    await at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId }));
    expect(await settled(at, "there")).toMatchObject({ StackStatus: "UPDATE_COMPLETE", Parameters: set.Parameters });
  });

  test("executing one makes the others obsolete", async () => {
    const first = await propose(at, "there", template(3, "there-a"), { ChangeSetName: "one" });
    const second = await propose(at, "there", template(4, "there-a"), { ChangeSetName: "two" });
    const { Summaries = [] } = await at.cfn.send(new ListChangeSetsCommand({ StackName: "there" }));
    expect(Summaries.map((summary) => [summary.ChangeSetName, summary.ExecutionStatus])).toEqual([
      ["one", "AVAILABLE"],
      ["two", "AVAILABLE"],
    ]);
    await at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: second.ChangeSetId }));
    await settled(at, "there");
    const left = await at.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: first.ChangeSetId }));
    expect(left.ExecutionStatus).toBe("OBSOLETE");
  });
});
