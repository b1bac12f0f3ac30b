// Stack policies: what an update may not change.

import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetStackPolicyCommand, SetStackPolicyCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  create,
  parameter,
  queue,
  refusal,
  startStackCloud,
  story,
  update,
  type StackCloud,
} from "../workers/test-cloud.ts";

let at: StackCloud;
let sqs: SQSClient;
let ssm: SSMClient;
let s3: S3Client;

beforeAll(async () => {
  at = await startStackCloud();
  sqs = new SQSClient(at.cloud.clientConfig());
  ssm = new SSMClient(at.cloud.clientConfig());
  s3 = new S3Client(at.cloud.clientConfig());
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

describe("a stack policy", () => {
  const policy = (...Statement: object[]): string => JSON.stringify({ Statement });
  const allowAll = { Effect: "Allow", Action: "Update:*", Principal: "*", Resource: "*" };
  const template = (delay: number, name = "policed"): object => ({
    Resources: { Q: queue(name, { DelaySeconds: delay }), P: parameter("/policed", String(delay)) },
  });

  test("denies what a statement denies, by action and logical id", async () => {
    const deny = { Effect: "Deny", Action: "Update:Replace", Principal: "*", Resource: "LogicalResourceId/Q" };
    const given = policy(allowAll, deny);
    await create(at, "policed", template(1), { StackPolicyBody: given });
    expect(await at.cfn.send(new GetStackPolicyCommand({ StackName: "policed" }))).toMatchObject({
      StackPolicyBody: given,
    });
    expect((await update(at, "policed", template(2))).StackStatus).toBe("UPDATE_COMPLETE");
    expect((await update(at, "policed", template(3, "policed-new"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await story(at, "policed")).toContain(
      "Q UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource [LogicalResourceId/Q];",
    );
    expect([await queues("policed"), await valueOf("/policed")]).toEqual([["policed"], "2"]);
  });

  test("denies what no statement allows, unless one for this update does", async () => {
    await at.cfn.send(
      new SetStackPolicyCommand({
        StackName: "policed",
        StackPolicyBody: policy({ ...allowAll, NotResource: "LogicalResourceId/P", Resource: undefined }),
      }),
    );
    expect((await update(at, "policed", template(4))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await story(at, "policed")).toContain("P UPDATE_FAILED Action not allowed by stack policy");
    const open = await update(at, "policed", template(4), { StackPolicyDuringUpdateBody: policy(allowAll) });
    expect(open.StackStatus).toBe("UPDATE_COMPLETE");
  });

  test("keeps resources of a type from being left out", async () => {
    const Condition = { StringEquals: { ResourceType: ["AWS::SSM::Parameter"] } };
    const deny = { Effect: "Deny", Action: "Update:Delete", Principal: "*", Resource: "*", Condition };
    await s3.send(new CreateBucketCommand({ Bucket: "policies" }));
    await s3.send(new PutObjectCommand({ Bucket: "policies", Key: "p.json", Body: policy(allowAll, deny) }));
    await at.cfn.send(
      new SetStackPolicyCommand({ StackName: "policed", StackPolicyURL: `${at.cloud.endpoint}/policies/p.json` }),
    );
    expect((await update(at, "policed", { Resources: { Q: queue("policed", { DelaySeconds: 4 }) } })).StackStatus).toBe(
      "UPDATE_ROLLBACK_COMPLETE",
    );
    expect(await valueOf("/policed")).toBe("4");
    const onlyP = { Resources: { P: parameter("/policed", "4") } };
    expect((await update(at, "policed", onlyP)).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await queues("policed")).toEqual([]);
  });

  test.each([
    [{ StackPolicyBody: "no json" }, "Error validating stack policy: Invalid stack policy"],
    [
      { StackPolicyBody: policy({ ...allowAll, Principal: "me" }) },
      "Error validating stack policy: Invalid stack policy",
    ],
    [
      { StackPolicyBody: policy({ ...allowAll, Action: "Delete:*" }) },
      "Error validating stack policy: Invalid stack policy",
    ],
    [
      { StackPolicyBody: "{}", StackPolicyURL: "http://x/y/z" },
      "You cannot specify both StackPolicyURL and StackPolicyBody",
    ],
  ])("is refused: %j", async (input, message) => {
    expect(await refusal(at.cfn.send(new SetStackPolicyCommand({ StackName: "policed", ...input })))).toBe(
      `ValidationError 400 ${message}`,
    );
  });
});
