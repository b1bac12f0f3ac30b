// What change sets refuse, what imports and reverts of drift do, and what deleting and describing them answers.

import {
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  type CreateChangeSetCommandInput,
} from "@aws-sdk/client-cloudformation";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { create, parameter, queue, refusal, settled, startStackCloud, type StackCloud } from "../workers/test-cloud.ts";
import { NOTHING, drop, propose } from "../test-change-sets.ts";

let at: StackCloud;

beforeAll(async () => {
  at = await startStackCloud();
  await create(at, "there", { Resources: { Q: queue("there") } });
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
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
    expect((await propose(at, "reverts", template)).StatusReason).toBe(NOTHING);
    await drop(at, "reverts");
    const set = await propose(at, "reverts", template, { DeploymentMode: "REVERT_DRIFT", values: true });
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
    const again = await propose(at, "reverts", template, { DeploymentMode: "REVERT_DRIFT" });
    expect(again.StatusReason).toBe(NOTHING);
  });
});

describe("requests", () => {
  const body = { ChangeSetName: "set", TemplateBody: JSON.stringify({ Resources: { Q: queue("requested") } }) };

  test("a deleted one is not found any more, and can be deleted again", async () => {
    const set = await propose(at, "requests", { Resources: { Q: queue("requested") } }, { ChangeSetType: "CREATE" });
    await drop(at, "requests");
    await drop(at, "requests");
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
      at,
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
