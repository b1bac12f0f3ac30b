// Stacks that change: in place, by replacement, by parameters and tags, and back again when it fails.

import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  RollbackStackCommand,
  UpdateStackCommand,
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
  story,
  update,
  type StackCloud,
} from "../workers/test-cloud.ts";

let at: StackCloud;
let sqs: SQSClient;
let ssm: SSMClient;

beforeAll(async () => {
  at = await startStackCloud();
  sqs = new SQSClient(at.cloud.clientConfig());
  ssm = new SSMClient(at.cloud.clientConfig());
  await ssm.send(new PutParameterCommand({ Name: "/taken", Value: "mine", Type: "String" }));
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

async function valueOf(name: string): Promise<string | undefined> {
  try {
    return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch {
    return undefined;
  }
}

async function queues(prefix: string): Promise<string[]> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix }));
  return QueueUrls.map((url) => url.split("/").at(-1) ?? "");
}

async function since(name: string, seen: number): Promise<string[]> {
  return (await story(at, name)).slice(seen);
}

describe("an update", () => {
  test("changes properties in place, adds what is new and removes what is left out", async () => {
    await create(at, "moves", { Resources: { Q: queue("moves", { DelaySeconds: 1 }), Old: parameter("/moves/old") } });
    const seen = (await story(at, "moves")).length;
    const stack = await update(at, "moves", {
      Resources: { Q: queue("moves", { DelaySeconds: 2 }), New: { ...parameter("/moves/new"), DependsOn: "Q" } },
    });
    expect(stack).toMatchObject({ StackStatus: "UPDATE_COMPLETE", LastUpdatedTime: expect.any(Date) as Date });
    expect(await since("moves", seen)).toEqual([
      "moves UPDATE_IN_PROGRESS User Initiated",
      "Q UPDATE_IN_PROGRESS",
      "Q UPDATE_COMPLETE",
      "New CREATE_IN_PROGRESS",
      "New CREATE_IN_PROGRESS Resource creation Initiated",
      "New CREATE_COMPLETE",
      "moves UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "Old DELETE_IN_PROGRESS",
      "Old DELETE_COMPLETE",
      "moves UPDATE_COMPLETE",
    ]);
    expect([await valueOf("/moves/old"), await valueOf("/moves/new")]).toEqual([undefined, "value"]);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: `${at.cloud.endpoint}/000000000000/moves`,
        AttributeNames: ["DelaySeconds"],
      }),
    );
    expect(Attributes).toEqual({ DelaySeconds: "2" });
  });

  test("replaces what cannot change in place: the new one first, then its users, the old one last", async () => {
    const template = (name: string): object => ({
      Resources: { Q: queue(name), P: parameter("/replaced/arn", { "Fn::GetAtt": ["Q", "Arn"] }) },
    });
    await create(at, "replaces", template("replaced-a"));
    const seen = (await story(at, "replaces")).length;
    await update(at, "replaces", template("replaced-b"));
    expect(await since("replaces", seen)).toEqual([
      "replaces UPDATE_IN_PROGRESS User Initiated",
      "Q UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
      "Q UPDATE_IN_PROGRESS Resource creation Initiated",
      "Q UPDATE_COMPLETE",
      "P UPDATE_IN_PROGRESS",
      "P UPDATE_COMPLETE",
      "replaces UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "Q DELETE_IN_PROGRESS",
      "Q DELETE_COMPLETE",
      "replaces UPDATE_COMPLETE",
    ]);
    expect(await queues("replaced-")).toEqual(["replaced-b"]);
    expect(await valueOf("/replaced/arn")).toMatch(/:replaced-b$/);
  });

  test("UpdateReplacePolicy Retain keeps the old one of a replacement", async () => {
    const template = (name: string): object => ({
      Resources: { Q: { ...queue(name), UpdateReplacePolicy: "Retain" } },
    });
    await create(at, "keeps", template("kept-a"));
    await update(at, "keeps", template("kept-b"));
    expect((await queues("kept-")).toSorted()).toEqual(["kept-a", "kept-b"]);
  });

  test("without a change there is nothing to perform; a tag, an output or a parameter's effect is a change", async () => {
    const template = {
      Parameters: { Value: { Type: "String", Default: "a" }, Unused: { Type: "String", Default: "x" } },
      Resources: { P: parameter("/same", { Ref: "Value" }) },
      Outputs: { Out: { Value: { Ref: "Unused" } } },
    };
    await create(at, "same", template);
    const nothing = "ValidationError 400 No updates are to be performed.";
    expect(await refusal(update(at, "same", template))).toBe(nothing);
    expect(await refusal(update(at, "same", undefined))).toBe(nothing);
    expect((await update(at, "same", undefined, { Tags: [{ Key: "a", Value: "b" }] })).Tags).toEqual([
      { Key: "a", Value: "b" },
    ]);
    const changed = await update(at, "same", undefined, { Parameters: parametersOf({ Unused: "y" }) });
    expect(changed.Outputs).toEqual([{ OutputKey: "Out", OutputValue: "y" }]);
    const previous = { ParameterKey: "Unused", UsePreviousValue: true };
    const again = await update(at, "same", undefined, { Parameters: [...parametersOf({ Value: "b" }), previous] });
    expect(again.Parameters).toEqual([
      { ParameterKey: "Value", ParameterValue: "b" },
      { ParameterKey: "Unused", ParameterValue: "y" },
    ]);
    expect(await valueOf("/same")).toBe("b");
  });

  test("a resource's type stays what it is", async () => {
    await create(at, "typed", { Resources: { R: queue("typed") } });
    expect(await refusal(update(at, "typed", { Resources: { R: parameter("/typed") } }))).toBe(
      "ValidationError 400 Update of resource type is not permitted. The new template modifies resource type of the following resources: [R]",
    );
  });

  test.each([
    [{ StackName: "nowhere", UsePreviousTemplate: true }, "Stack with id nowhere does not exist"],
    [{ StackName: "typed" }, "Either Template URL or Template Body must be specified."],
  ])("is refused: %j", async (input, message) => {
    expect(await refusal(at.cfn.send(new UpdateStackCommand(input)))).toContain(message);
  });
});

describe("an update that fails", () => {
  test("goes back: changes undone, new ones deleted, the old of a replacement back in place", async () => {
    const before = { Changed: parameter("/back/changed", "a"), Moved: queue("back-a"), Gone: parameter("/back/gone") };
    await create(at, "back", { Resources: before });
    const seen = (await story(at, "back")).length;
    const after = { Changed: parameter("/back/changed", "b"), Moved: queue("back-b"), New: parameter("/back/new") };
    const stack = await update(at, "back", {
      Resources: { ...after, Bad: { ...parameter("/taken"), DependsOn: Object.keys(after) } },
    });
    expect(stack.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect([await valueOf("/back/changed"), await valueOf("/back/new"), await valueOf("/back/gone")]).toEqual([
      "a",
      undefined,
      "value",
    ]);
    expect(await queues("back-")).toEqual(["back-a"]);
    const events = await since("back", seen);
    expect(events.filter((event) => event.startsWith("back "))).toEqual([
      "back UPDATE_IN_PROGRESS User Initiated",
      "back UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. ",
      "back UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
      "back UPDATE_ROLLBACK_COMPLETE",
    ]);
    expect(await refusal(update(at, "back", { Resources: before }))).toContain("No updates are to be performed.");
  });

  test("with DisableRollback stays as it is, and RollbackStack takes it back", async () => {
    await create(at, "halts", { Resources: { P: parameter("/halts", "a") } });
    const broken = { Resources: { P: parameter("/halts", "b"), Bad: { ...parameter("/taken"), DependsOn: "P" } } };
    expect((await update(at, "halts", broken, { DisableRollback: true })).StackStatus).toBe("UPDATE_FAILED");
    expect(await valueOf("/halts")).toBe("b");
    await at.cfn.send(new RollbackStackCommand({ StackName: "halts" }));
    expect((await settled(at, "halts")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await valueOf("/halts")).toBe("a");
    expect(await refusal(at.cfn.send(new RollbackStackCommand({ StackName: "halts" })))).toContain(
      "can not be rolled back",
    );
  });

  test("a rollback that fails is continued, with what cannot be put back skipped", async () => {
    await create(at, "stuck", { Resources: { P: parameter("/stuck", "a"), Q: parameter("/stuck2", "a") } });
    const after = { P: parameter("/stuck", "b"), Q: parameter("/stuck2", "b") };
    const broken = { Resources: { ...after, Bad: { ...parameter("/taken"), DependsOn: ["P", "Q"] } } };
    await update(at, "stuck", broken, { DisableRollback: true });
    at.cloud.faults.next("ssm:PutParameter", "InternalServerError", { times: 1 });
    await at.cfn.send(new RollbackStackCommand({ StackName: "stuck" }));
    expect((await settled(at, "stuck")).StackStatus).toBe("UPDATE_ROLLBACK_FAILED");
    await at.cfn.send(new ContinueUpdateRollbackCommand({ StackName: "stuck" }));
    expect((await settled(at, "stuck")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect([await valueOf("/stuck"), await valueOf("/stuck2")]).toEqual(["a", "a"]);
    await update(at, "stuck", broken, { DisableRollback: true });
    at.cloud.faults.next("ssm:PutParameter", "InternalServerError", { times: 1 });
    await at.cfn.send(new RollbackStackCommand({ StackName: "stuck" }));
    await settled(at, "stuck");
    const skip = { StackName: "stuck", ResourcesToSkip: ["P", "Q"] };
    await at.cfn.send(new ContinueUpdateRollbackCommand(skip));
    expect((await settled(at, "stuck")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(new Set([await valueOf("/stuck"), await valueOf("/stuck2")])).toEqual(new Set(["a", "b"]));
    expect(await refusal(at.cfn.send(new ContinueUpdateRollbackCommand({ StackName: "stuck" })))).toContain(
      "can not be continued",
    );
  });

  test("only one that is under way can be cancelled", async () => {
    expect(await refusal(at.cfn.send(new CancelUpdateStackCommand({ StackName: "stuck" })))).toBe(
      "ValidationError 400 CancelUpdateStack cannot be called from current stack status",
    );
  });
});
