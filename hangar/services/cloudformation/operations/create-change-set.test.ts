// Change sets: what they say would happen, what they refuse, and what executing, deleting and describing them does.

import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetHookResultCommand,
  GetTemplateCommand,
  ListChangeSetsCommand,
  ListHookResultsCommand,
  type CreateChangeSetCommandInput,
  type DescribeChangeSetCommandOutput,
} from "@aws-sdk/client-cloudformation";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
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

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud();
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

type Asked = Partial<CreateChangeSetCommandInput> & { readonly values?: boolean };

async function propose(
  StackName: string,
  template: object,
  { values = false, ...more }: Asked = {},
): Promise<DescribeChangeSetCommandOutput> {
  const { Id } = await at.cfn.send(
    new CreateChangeSetCommand({ StackName, ChangeSetName: "set", TemplateBody: JSON.stringify(template), ...more }),
  );
  return at.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues: values }));
}

async function drop(StackName: string): Promise<void> {
  await at.cfn.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: "set" }));
}

const NOTHING =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

describe("a change set for a new stack", () => {
  const template = { Resources: { Q: queue("proposed") }, Outputs: { Url: { Value: { Ref: "Q" } } } };

  test("has additions; its stack is in review, without a template", async () => {
    const set = await propose("fresh", template, { ChangeSetType: "CREATE", values: true, Description: "first" });
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
    const set = await propose("there", template(2, "there-a"), { values: true });
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
    await drop("there");
  });

  test("one that does not replaces the resource, and what is built on it changes too", async () => {
    const set = await propose("there", template(1, "there-b"));
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
    await drop("there");
  });

  test("what the template leaves out is a removal", async () => {
    const set = await propose("there", {
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
    await drop("there");
  });

  test("without changes it has failed, in words that the CDK looks for", async () => {
    const set = await propose("there", template(1, "there-a"));
    expect(set).toMatchObject({ Status: "FAILED", ExecutionStatus: "UNAVAILABLE", StatusReason: NOTHING, Changes: [] });
    expect(await refusal(at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId })))).toBe(
      `InvalidChangeSetStatusException 400 ChangeSet [${set.ChangeSetId}] cannot be executed in its current status of [FAILED]`,
    );
    await drop("there");
  });

  test("what Hangar does not emulate fails it by name, before anything is touched", async () => {
    const set = await propose("there", {
      Resources: { X: { Type: "AWS::Batch::JobQueue" } },
    });
    expect(set.Status).toBe("FAILED");
    expect(set.StatusReason).toContain("AWS::Batch::JobQueue");
    await drop("there");
  });

  test("parameters keep their previous values; the executed set is the stack's state", async () => {
    const previous = [{ ParameterKey: "Delay", UsePreviousValue: true }];
    const same = await propose("there", template(9, "there-a"), { Parameters: previous });
    expect(same.StatusReason).toBe(NOTHING);
    await drop("there");
    const set = await propose("there", template(9, "there-a"), { Parameters: parametersOf({ Delay: "7" }) });
    expect(set.Parameters).toEqual([{ ParameterKey: "Delay", ParameterValue: "7" }]);
    await at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId }));
    expect(await settled(at, "there")).toMatchObject({ StackStatus: "UPDATE_COMPLETE", Parameters: set.Parameters });
  });

  test("executing one makes the others obsolete", async () => {
    const first = await propose("there", template(3, "there-a"), { ChangeSetName: "one" });
    const second = await propose("there", template(4, "there-a"), { ChangeSetName: "two" });
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

describe("a change set that reverts drift", () => {
  test("puts back what somebody changed or deleted, though the template is the same", async () => {
    const sqs = new SQSClient(at.cloud.clientConfig());
    const url = (name: string): string => `${at.cloud.endpoint}/000000000000/${name}`;
    const template = {
      Resources: { Q: queue("reverts", { DelaySeconds: 1 }), Gone: queue("reverts-gone"), P: parameter("/reverts") },
    };
    await create(at, "reverts", template);
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url("reverts"), Attributes: { DelaySeconds: "9" } }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url("reverts-gone") }));
    expect((await propose("reverts", template)).StatusReason).toBe(NOTHING);
    await drop("reverts");
    const set = await propose("reverts", template, { DeploymentMode: "REVERT_DRIFT", values: true });
    expect(set).toMatchObject({ DeploymentMode: "REVERT_DRIFT", StackDriftStatus: "DRIFTED" });
    const found = set.Changes?.map(({ ResourceChange: change }) => [
      change?.LogicalResourceId,
      change?.Action,
      change?.ResourceDriftStatus,
      change?.Details?.[0]?.Target?.BeforeValue,
    ]);
    expect(found).toEqual([
      ["Q", "Modify", "MODIFIED", "9"],
      ["Gone", "Add", "DELETED", undefined],
    ]);
    await at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId }));
    expect((await settled(at, "reverts")).StackStatus).toBe("UPDATE_COMPLETE");
    const asked = { QueueUrl: url("reverts"), AttributeNames: ["DelaySeconds" as const] };
    expect((await sqs.send(new GetQueueAttributesCommand(asked))).Attributes).toEqual({ DelaySeconds: "1" });
    expect(await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url("reverts-gone") }))).toBeDefined();
    const again = await propose("reverts", template, { DeploymentMode: "REVERT_DRIFT" });
    expect(again.StatusReason).toBe(NOTHING);
  });
});

describe("requests", () => {
  const body = { ChangeSetName: "set", TemplateBody: JSON.stringify({ Resources: { Q: queue("requested") } }) };

  test("a deleted one is not found any more, and can be deleted again", async () => {
    const set = await propose("requests", { Resources: { Q: queue("requested") } }, { ChangeSetType: "CREATE" });
    await drop("requests");
    await drop("requests");
    expect(await refusal(at.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: set.ChangeSetId })))).toBe(
      `ChangeSetNotFoundException 404 ChangeSet [${set.ChangeSetId}] does not exist`,
    );
    expect(
      await refusal(at.cfn.send(new DescribeChangeSetCommand({ StackName: "requests", ChangeSetName: "set" }))),
    ).toBe("ChangeSetNotFoundException 404 ChangeSet [set] does not exist");
  });

  test.each<[Partial<CreateChangeSetCommandInput>, string]>([
    [{ StackName: "nowhere" }, "ValidationError 400 Stack [nowhere] does not exist"],
    [
      { StackName: "there", ChangeSetType: "CREATE" },
      "ValidationError 400 Stack [there] already exists and cannot be created again with the changeSet [set].",
    ],
    [
      { StackName: "there", ResourceTypes: ["AWS::EC2:*"] },
      "ValidationError 400 Resource type AWS::SQS::Queue is not allowed by parameter ResourceTypes [AWS::EC2:*]",
    ],
    [
      { StackName: "there", TemplateURL: "https://s3.amazonaws.com/b/k" },
      "ValidationError 400 Specify exactly one of 'TemplateBody', 'TemplateUrl'",
    ],
  ])("is refused: %j", async (input, message) => {
    expect(
      await refusal(at.cfn.send(new CreateChangeSetCommand({ ...body, ...input } as CreateChangeSetCommandInput))),
    ).toBe(message);
  });

  test.each<[object, string]>([
    [
      { ChangeSetName: "set" },
      "ValidationError 400 StackName must be specified if ChangeSetName is not specified as an ARN.",
    ],
    [{ ChangeSetName: "set", StackName: "somestack" }, "ValidationError 400 Stack [somestack] does not exist"],
  ])("describing is refused: %j", async (input, message) => {
    expect(await refusal(at.cfn.send(new DescribeChangeSetCommand(input as { ChangeSetName: string })))).toBe(message);
  });
});

describe("an import", () => {
  test("takes a resource that exists into the stack, and leaves it in its place", async () => {
    const sqs = new SQSClient(at.cloud.clientConfig());
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: "found", Attributes: { DelaySeconds: "5" } }),
    );
    const resource = { ...queue("found", { DelaySeconds: 5 }), DeletionPolicy: "Retain" };
    const set = await propose(
      "imports",
      { Resources: { Found: resource } },
      {
        ChangeSetType: "IMPORT",
        ResourcesToImport: [
          {
            ResourceType: "AWS::SQS::Queue",
            LogicalResourceId: "Found",
            ResourceIdentifier: { QueueUrl: QueueUrl ?? "" },
          },
        ],
      },
    );
    expect(
      set.Changes?.map((change) => [change.ResourceChange?.Action, change.ResourceChange?.PhysicalResourceId]),
    ).toEqual([["Import", QueueUrl]]);
    await at.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId }));
    expect((await settled(at, "imports")).StackStatus).toBe("IMPORT_COMPLETE");
  });
});
