// Custom resources through functions that really run: what a stack waits for, and what becomes of it.

import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { DescribeStacksCommand, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { create, outputsOf, remove, startStackCloud, story, update, type StackCloud } from "../workers/test-cloud.ts";

let at: StackCloud;
let ssm: SSMClient;

beforeAll(async () => {
  at = await startStackCloud({});
  ssm = new SSMClient(at.cloud.clientConfig());
});

afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const trust = {
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const Role = {
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: trust,
    Policies: [{ PolicyName: "all", PolicyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } }],
  },
};

/** A handler in the manner of cfn-response: https to the host of ResponseURL, whatever its port. */
const sends = `
const https = require("node:https");
const { SSMClient, PutParameterCommand } = require("@aws-sdk/client-ssm");
const send = (event, answer) => new Promise((done, fail) => {
  const url = new URL(event.ResponseURL);
  const body = JSON.stringify({ StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, ...answer });
  const request = https.request({ hostname: url.hostname, port: 443, path: url.pathname + url.search, method: "PUT", headers: { "content-type": "", "content-length": body.length } }, (response) => { response.resume(); response.on("end", done); });
  request.on("error", fail);
  request.end(body);
});
`;

function stackWith(
  handler: string,
  properties: object = {},
): { Resources: Record<string, object>; Outputs: Record<string, object> } {
  return {
    Resources: {
      Role,
      Handler: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Timeout: 20,
          Role: { "Fn::GetAtt": ["Role", "Arn"] },
          Code: { ZipFile: `${sends}${handler}` },
        },
      },
      Thing: {
        Type: "Custom::Thing",
        Properties: { ServiceToken: { "Fn::GetAtt": ["Handler", "Arn"] }, ...properties },
      },
    },
    Outputs: { Id: { Value: { Ref: "Thing" } }, Data: { Value: { "Fn::GetAtt": ["Thing", "Answer"] } } },
  };
}

const remembering = `exports.handler = async (event) => {
  const { ResponseURL, ServiceToken, StackId, RequestId, ...told } = event;
  delete told.ResourceProperties.ServiceToken;
  if (told.OldResourceProperties) delete told.OldResourceProperties.ServiceToken;
  await new SSMClient({}).send(new PutParameterCommand({ Name: "/told/" + event.RequestType, Value: JSON.stringify(told), Type: "String", Overwrite: true }));
  await send(event, { Status: "SUCCESS", PhysicalResourceId: "thing-" + event.ResourceProperties.Name, Data: { Answer: event.ResourceProperties.Count + 1 } });
};`;

async function told(type: string): Promise<unknown> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/told/${type}` }));
  return JSON.parse(Parameter?.Value ?? "");
}

describe("a custom resource", () => {
  const common = { LogicalResourceId: "Thing", ResourceType: "Custom::Thing" };

  test("is made by its function, whose answer gives its id and attributes; every value comes as text", async () => {
    const stack = await create(at, "custom", stackWith(remembering, { Name: "a", Count: 1, Deep: { Flag: true } }), {
      Capabilities: ["CAPABILITY_IAM"],
    });
    expect(await story(at, "custom")).toContain("Thing CREATE_COMPLETE");
    expect(outputsOf(stack)).toEqual({ Id: "thing-a", Data: "11" });
    expect(await told("Create")).toEqual({
      RequestType: "Create",
      ...common,
      ResourceProperties: { Name: "a", Count: "1", Deep: { Flag: "true" } },
    });
  });

  test("is updated with its old properties; another id replaces it, and the old one is deleted afterwards", async () => {
    await update(at, "custom", stackWith(remembering, { Name: "a", Count: 2 }), { Capabilities: ["CAPABILITY_IAM"] });
    expect(await told("Update")).toEqual({
      RequestType: "Update",
      ...common,
      PhysicalResourceId: "thing-a",
      ResourceProperties: { Name: "a", Count: "2" },
      OldResourceProperties: { Name: "a", Count: "1", Deep: { Flag: "true" } },
    });
    const stack = await update(at, "custom", stackWith(remembering, { Name: "b", Count: 2 }), {
      Capabilities: ["CAPABILITY_IAM"],
    });
    expect(outputsOf(stack)).toEqual({ Id: "thing-b", Data: "21" });
    expect(await told("Delete")).toMatchObject({ PhysicalResourceId: "thing-a", ResourceProperties: { Name: "a" } });
  });

  test("is deleted with its stack, before the function that deletes it", async () => {
    const { StackId = "" } = await remove(at, "custom");
    expect(await told("Delete")).toMatchObject({ RequestType: "Delete", PhysicalResourceId: "thing-b" });
    const events = await story(at, StackId);
    expect(events.indexOf("Thing DELETE_COMPLETE")).toBeLessThan(events.indexOf("Handler DELETE_IN_PROGRESS"));
  });

  test("that answers FAILED fails its stack with its reason", async () => {
    const handler = `exports.handler = (event) => send(event, event.RequestType === "Create" ? { Status: "FAILED", Reason: "no room", PhysicalResourceId: "x" } : { Status: "SUCCESS", PhysicalResourceId: "x" });`;
    expect((await create(at, "refusing", stackWith(handler), { Capabilities: ["CAPABILITY_IAM"] })).StackStatus).toBe(
      "ROLLBACK_COMPLETE",
    );
    expect((await story(at, "refusing")).find((event) => event.startsWith("Thing CREATE_FAILED"))).toMatch(
      /^Thing CREATE_FAILED Received response status \[FAILED\] from custom resource\. Message returned: no room \(RequestId: [0-9a-f-]{36}\)$/,
    );
  });

  test("whose function throws fails at once, with what it threw", async () => {
    const handler = `exports.handler = async (event) => { if (event.RequestType === "Create") throw new Error("boom"); await send(event, { Status: "SUCCESS", PhysicalResourceId: event.PhysicalResourceId }); };`;
    expect((await create(at, "throwing", stackWith(handler), { Capabilities: ["CAPABILITY_IAM"] })).StackStatus).toBe(
      "ROLLBACK_COMPLETE",
    );
    const failed = (await story(at, "throwing")).find((event) => event.startsWith("Thing CREATE_FAILED"));
    expect(failed).toContain("CloudFormation did not receive a response from your Custom Resource");
    expect(failed).toContain("boom");
  });

  test("that never answers fails when its ServiceTimeout is over", async () => {
    const handler = `exports.handler = async () => {};`;
    const input = {
      StackName: "silent",
      TemplateBody: JSON.stringify(stackWith(handler, { ServiceTimeout: 120 })),
      Capabilities: ["CAPABILITY_IAM" as const],
    };
    await at.cfn.send(new CreateStackCommand(input));
    await at.cloud.settle();
    const { Stacks } = await at.cfn.send(new DescribeStacksCommand({ StackName: "silent" }));
    expect(Stacks?.[0]?.StackStatus).toBe("CREATE_IN_PROGRESS");
    await at.cloud.clock.advance("3 minutes");
    // The rollback asks the same silent function to delete.
    await at.cloud.clock.advance("3 minutes");
    const events = await story(at, "silent");
    expect(events.find((event) => event.startsWith("Thing CREATE_FAILED"))).toContain(
      "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId",
    );
  });
});
