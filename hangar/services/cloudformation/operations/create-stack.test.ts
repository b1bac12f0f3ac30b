// Stacks from their creation to their end: statuses, events in order, outputs, failures and what is left of them.

import { GetBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetQueueUrlCommand, ListQueuesCommand, ListQueueTagsCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  outputsOf,
  parameter,
  queue,
  refusal,
  remove,
  settled,
  startStackCloud,
  story,
  type StackCloud,
} from "../workers/test-cloud.ts";

let at: StackCloud;
let s3: S3Client;
let sqs: SQSClient;
let ssm: SSMClient;

beforeAll(async () => {
  at = await startStackCloud();
  s3 = new S3Client(at.cloud.clientConfig());
  sqs = new SQSClient(at.cloud.clientConfig());
  ssm = new SSMClient(at.cloud.clientConfig());
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

describe("a stack that succeeds", () => {
  const template = {
    Description: "two of a kind",
    Resources: {
      Work: {
        Type: "AWS::SQS::Queue",
        Properties: { RedrivePolicy: { deadLetterTargetArn: arnOf("Dead"), maxReceiveCount: 3 } },
      },
      Dead: { Type: "AWS::SQS::Queue", Metadata: { why: "letters" } },
    },
    Outputs: { Url: { Value: { Ref: "Work" }, Description: "where" }, DeadArn: { Value: arnOf("Dead") } },
  };

  function arnOf(name: string): object {
    return { "Fn::GetAtt": [name, "Arn"] };
  }

  test("tells what it is, what it holds and what it gives", async () => {
    const stack = await create(at, "whole", template, {
      Tags: [{ Key: "team", Value: "blue" }],
      EnableTerminationProtection: false,
    });
    const { StackId, CreationTime, ...rest } = stack;
    expect(StackId).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:stack\/whole\/[0-9a-f-]{36}$/);
    expect(CreationTime).toBeInstanceOf(Date);
    const outputs = outputsOf(stack);
    expect(rest).toEqual({
      StackName: "whole",
      Description: "two of a kind",
      StackStatus: "CREATE_COMPLETE",
      DisableRollback: false,
      RollbackConfiguration: {},
      NotificationARNs: [],
      Tags: [{ Key: "team", Value: "blue" }],
      EnableTerminationProtection: false,
      DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
      Outputs: [
        { OutputKey: "Url", OutputValue: outputs["Url"], Description: "where" },
        { OutputKey: "DeadArn", OutputValue: outputs["DeadArn"] },
      ],
    });
    expect(outputs["DeadArn"]).toMatch(/^arn:aws:sqs:us-east-1:000000000000:whole-Dead-[A-Za-z0-9]{12}$/);
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: outputs["Url"] }));
    expect(Tags).toMatchObject({ team: "blue" });
  });

  test("its events say what happened, in order, each with a time of its own", async () => {
    expect(await story(at, "whole")).toEqual([
      "whole CREATE_IN_PROGRESS User Initiated",
      "Dead CREATE_IN_PROGRESS",
      "Dead CREATE_IN_PROGRESS Resource creation Initiated",
      "Dead CREATE_COMPLETE",
      "Work CREATE_IN_PROGRESS",
      "Work CREATE_IN_PROGRESS Resource creation Initiated",
      "Work CREATE_COMPLETE",
      "whole CREATE_COMPLETE",
    ]);
    const { StackEvents = [] } = await at.cfn.send(new DescribeStackEventsCommand({ StackName: "whole" }));
    const times = StackEvents.map((event) => event.Timestamp?.getTime() ?? 0);
    expect(times).toEqual([...new Set(times)].toSorted((left, right) => right - left));
  });

  test("its resources are described one by one and all together, by stack and by physical id", async () => {
    const { StackResourceSummaries = [] } = await at.cfn.send(new ListStackResourcesCommand({ StackName: "whole" }));
    expect(
      StackResourceSummaries.map((item) => [item.LogicalResourceId, item.ResourceType, item.ResourceStatus]),
    ).toEqual([
      ["Dead", "AWS::SQS::Queue", "CREATE_COMPLETE"],
      ["Work", "AWS::SQS::Queue", "CREATE_COMPLETE"],
    ]);
    const one = { StackName: "whole", LogicalResourceId: "Dead" };
    const { StackResourceDetail } = await at.cfn.send(new DescribeStackResourceCommand(one));
    expect(StackResourceDetail).toMatchObject({ ...one, Metadata: '{"why":"letters"}' });
    const { StackResources = [] } = await at.cfn.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: StackResourceDetail?.PhysicalResourceId }),
    );
    expect(StackResources.map((item) => item.LogicalResourceId)).toEqual(["Dead", "Work"]);
  });

  test("is deleted with what it holds, and stays readable by its id only", async () => {
    const { StackId } = await settled(at, "whole");
    expect(await remove(at, "whole")).toMatchObject({ StackId, StackStatus: "DELETE_COMPLETE" });
    expect((await story(at, StackId ?? "")).slice(8)).toEqual([
      "whole DELETE_IN_PROGRESS User Initiated",
      "Work DELETE_IN_PROGRESS",
      "Work DELETE_COMPLETE",
      "Dead DELETE_IN_PROGRESS",
      "Dead DELETE_COMPLETE",
      "whole DELETE_COMPLETE",
    ]);
    expect(await refusal(at.cfn.send(new DescribeStacksCommand({ StackName: "whole" })))).toBe(
      "ValidationError 400 Stack with id whole does not exist",
    );
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "whole" }))).QueueUrls).toBeUndefined();
    const { StackSummaries = [] } = await at.cfn.send(
      new ListStacksCommand({ StackStatusFilter: ["DELETE_COMPLETE"] }),
    );
    expect(StackSummaries.map((item) => item.StackName)).toContain("whole");
    expect(await at.cfn.send(new DeleteStackCommand({ StackName: "whole" }))).toMatchObject({});
  });
});

describe("a stack that fails", () => {
  const failing = {
    Resources: { Good: parameter("/fails/good"), Bad: { ...parameter("/fails/taken"), DependsOn: "Good" } },
  };

  beforeAll(async () => {
    await ssm.send(new PutParameterCommand({ Name: "/fails/taken", Value: "mine", Type: "String" }));
  });

  test("takes back what it made, and says why", async () => {
    const stack = await create(at, "fails", failing);
    expect(stack).toMatchObject({ StackStatus: "ROLLBACK_COMPLETE", DeletionTime: expect.any(Date) as Date });
    const events = await story(at, "fails");
    expect(events).toContain(
      "fails ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.",
    );
    expect(events.find((event) => event.startsWith("Bad CREATE_FAILED"))).toMatch(
      /^Bad CREATE_FAILED Resource handler returned message: ".* \(Service: Ssm, Status Code: 400, Request ID: .*\)" \(RequestToken: .*, HandlerErrorCode: AlreadyExists\)$/,
    );
    expect(await refusal(ssm.send(new GetParameterCommand({ Name: "/fails/good" })))).toMatch(/^ParameterNotFound/);
    expect((await ssm.send(new GetParameterCommand({ Name: "/fails/taken" }))).Parameter?.Value).toBe("mine");
    await remove(at, "fails");
  });

  test("keeps what it made where OnFailure says DO_NOTHING", async () => {
    expect((await create(at, "stays", failing, { OnFailure: "DO_NOTHING" })).StackStatus).toBe("CREATE_FAILED");
    expect((await ssm.send(new GetParameterCommand({ Name: "/fails/good" }))).Parameter?.Value).toBe("value");
    expect((await remove(at, "stays")).StackStatus).toBe("DELETE_COMPLETE");
  });

  test("is gone where OnFailure says DELETE", async () => {
    expect((await create(at, "goes", failing, { OnFailure: "DELETE" })).StackStatus).toBe("DELETE_COMPLETE");
  });
});

describe("deletion", () => {
  test("a bucket with something in it is not deleted, until it is retained or emptied", async () => {
    const template = {
      Resources: {
        Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "full-one" } },
        Queue: queue("beside"),
      },
    };
    await create(at, "full", template);
    await s3.send(new PutObjectCommand({ Bucket: "full-one", Key: "a", Body: "b" }));
    const stack = await remove(at, "full");
    expect(stack).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "The following resource(s) failed to delete: [Bucket]. ",
    });
    const failed = (await story(at, "full")).find((event) => event.startsWith("Bucket DELETE_FAILED"));
    expect(failed).toContain("The bucket you tried to delete is not empty");
    const retain = { StackName: "full", RetainResources: ["Bucket"] };
    await at.cfn.send(new DeleteStackCommand(retain));
    expect((await settled(at, stack.StackId ?? "")).StackStatus).toBe("DELETE_COMPLETE");
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket: "full-one" }))).toBeDefined();
  });

  test("DeletionPolicy Retain leaves a resource, RetainExceptOnCreate only one of a stack that was made", async () => {
    const kept = (policy: string): object => ({ DeletionPolicy: policy, ...queue(`kept-${policy.toLowerCase()}`) });
    const resources = { Always: kept("Retain"), Later: kept("RetainExceptOnCreate"), Never: kept("Delete") };
    const failing = { ...resources, Bad: { ...parameter("/fails/taken"), DependsOn: Object.keys(resources) } };
    await create(at, "unmade", { Resources: failing });
    const urls = async (): Promise<string[]> =>
      ((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "kept-" }))).QueueUrls ?? []).map(
        (url) => url.split("/").at(-1) ?? "",
      );
    expect(await urls()).toEqual(["kept-retain"]);
    await remove(at, "unmade");
    const { Always: _, ...others } = resources;
    await create(at, "made", { Resources: others });
    await remove(at, "made");
    expect((await urls()).toSorted()).toEqual(["kept-retain", "kept-retainexceptoncreate"]);
  });

  test("termination protection stops it", async () => {
    await create(at, "guarded", { Resources: { Queue: queue("guarded") } }, { EnableTerminationProtection: true });
    expect(await refusal(at.cfn.send(new DeleteStackCommand({ StackName: "guarded" })))).toBe(
      "ValidationError 400 Stack [guarded] cannot be deleted while TerminationProtection is enabled",
    );
    await at.cfn.send(
      new UpdateTerminationProtectionCommand({ StackName: "guarded", EnableTerminationProtection: false }),
    );
    expect((await remove(at, "guarded")).StackStatus).toBe("DELETE_COMPLETE");
    expect(await refusal(sqs.send(new GetQueueUrlCommand({ QueueName: "guarded" })))).toMatch(/^QueueDoesNotExist/);
  });
});

describe("requests", () => {
  test("the same token makes one stack; another one's name is taken", async () => {
    const input = {
      StackName: "twice",
      TemplateBody: JSON.stringify({ Resources: { Queue: queue("twice") } }),
      ClientRequestToken: "t1",
    };
    const first = await at.cfn.send(new CreateStackCommand(input));
    expect((await at.cfn.send(new CreateStackCommand(input))).StackId).toBe(first.StackId);
    expect(await refusal(at.cfn.send(new CreateStackCommand({ ...input, ClientRequestToken: "t2" })))).toBe(
      "AlreadyExistsException 400 Stack [twice] already exists",
    );
    await settled(at, "twice");
  });

  test("events and resources come in pages of a hundred, the rest by token", async () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`P${index}`, parameter(`/many/${index}`)]),
    );
    await create(at, "many", { Resources });
    const first = await at.cfn.send(new ListStackResourcesCommand({ StackName: "many" }));
    const second = await at.cfn.send(new ListStackResourcesCommand({ StackName: "many", NextToken: first.NextToken }));
    const sizes = [first, second].map((page) => page.StackResourceSummaries?.length);
    expect([...sizes, second.NextToken]).toEqual([100, 20, undefined]);
    const ids = new Set<string | undefined>();
    let token: string | undefined;
    do {
      const page = await at.cfn.send(new DescribeStackEventsCommand({ StackName: "many", NextToken: token }));
      for (const event of page.StackEvents ?? []) ids.add(event.EventId);
      token = page.NextToken;
    } while (token !== undefined);
    expect(ids.size).toBe(2 + 3 * 120);
  });
});
