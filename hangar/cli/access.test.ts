// `hangar access report` after `hangar test` of a project whose function does one thing it may, one it may not, in a fork.

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readUsage } from "../readiness/usage.ts";
import { folderWith, type Ended } from "./test-process.ts";

const HANDLER = `
const { SQSClient, SendMessageCommand, ReceiveMessageCommand } = require("@aws-sdk/client-sqs");
exports.handler = async () => {
  const sqs = new SQSClient();
  const QueueUrl = process.env.QUEUE;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  try { await sqs.send(new ReceiveMessageCommand({ QueueUrl })); return "received"; }
  catch (error) { return error.message; }
};`;

const statement = (Action: readonly string[]) => ({
  Effect: "Allow",
  Action,
  Resource: { "Fn::GetAtt": ["Queue", "Arn"] },
});
const template = JSON.stringify({
  Resources: {
    Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: "jobs" } },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: "sender",
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
        Policies: [
          {
            PolicyName: "queue",
            PolicyDocument: { Version: "2012-10-17", Statement: [statement(["sqs:SendMessage", "sqs:PurgeQueue"])] },
          },
        ],
      },
    },
    Sender: {
      Type: "AWS::Lambda::Function",
      Properties: {
        FunctionName: "sender",
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Role: { "Fn::GetAtt": ["Role", "Arn"] },
        Code: { ZipFile: HANDLER },
        Environment: { Variables: { QUEUE: { Ref: "Queue" } } },
      },
    },
  },
});
const manifest = JSON.stringify({
  version: "48.0.0",
  artifacts: {
    Small: {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/unknown-region",
      properties: { templateFile: "Small.template.json" },
    },
  },
});
const suite = `
import { expect, test } from "vitest";
const post = (url, body = "{}", headers = {}) => fetch(url, { method: "POST", body, headers }).then((answer) => answer.text());
const scope = "Credential=foo/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00";
const authorization = "AWS4-HMAC-SHA256 " + scope;
test("the function is denied what its role lacks", async () => {
  const base = process.env.AWS_ENDPOINT_URL;
  const fork = JSON.parse(await post(base + "/_hangar/forks"));
  const path = fork.endpoint + "/2015-03-31/functions/sender/invocations";
  const message = JSON.parse(await post(path, "{}", { authorization, "x-amz-date": "20260101T000000Z" }));
  const { spans } = await fetch(fork.endpoint + "/_hangar/trace").then((answer) => answer.json());
  const denied = spans.filter((span) => span.attributes.denied !== undefined);
  console.log("SAID " + JSON.stringify({ message, denied: denied.map(({ name, attributes }) => [name, attributes.denied]) }));
  await fetch(base + "/_hangar/forks/" + fork.name, { method: "DELETE" });
});`;

const QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";
const ROLE = "arn:aws:iam::000000000000:role/sender";

const folder = folderWith({
  "one/manifest.json": manifest,
  "one/Small.template.json": template,
  "suite.test.mjs": suite,
  "vitest.config.mjs": 'export default { test: { include: ["suite.test.mjs"] } };',
});
let ran: Ended;

beforeAll(async () => {
  expect(await folder.hangar("access", "report")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("hangar test"),
  });
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder.path, "node_modules"));
  ran = await folder.hangar("test", "--app", "one", "--config", "vitest.config.mjs");
});
afterAll(() => folder.remove());

test("a denial names role, action and resource; the trace has the statement to add", () => {
  expect(ran).toMatchObject({ code: 0 });
  const said = JSON.parse(/SAID (.*)/.exec(ran.stdout)?.[1] ?? "null") as unknown;
  const missing = `{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"${QUEUE}"}`;
  expect(said).toEqual({
    message: `User: arn:aws:sts::000000000000:assumed-role/sender/sender is not authorized to perform: sqs:receivemessage on resource: ${QUEUE} because no identity-based policy allows the sqs:receivemessage action`,
    denied: [["sqs:ReceiveMessage", `Missing in the identity-based policy of ${ROLE}: ${missing}`]],
  });
});

test("the usage that the run leaves adds up what its forks did, without the deployment's own calls", () => {
  expect(readUsage(folder.path)).toMatchObject({
    operations: {
      "lambda:Invoke": { ok: 1, errors: {} },
      "sqs:SendMessage": { ok: 1, errors: {} },
      "sqs:ReceiveMessage": { ok: 0, errors: { AccessDeniedException: 1 } },
    },
    functions: { "arn:aws:lambda:us-east-1:000000000000:function:sender": { ok: 1, errors: {} } },
    stacks: [
      {
        stack: "Small",
        resources: expect.arrayContaining([
          { logicalId: "Queue", type: "AWS::SQS::Queue", id: expect.stringContaining("/jobs"), arns: { Arn: QUEUE } },
        ]),
      },
    ],
  });
  expect(
    Object.keys(readUsage(folder.path)?.operations ?? {}).filter((name) => /^(cloudformation|iam):/.test(name)),
  ).toEqual([]);
});

test("the report tells what the role did in a fork that is gone, and the policy that suffices", async () => {
  const { code, stdout } = await folder.hangar("access", "report", "--json");
  expect(code).toBe(0);
  const { roles, ...run } = JSON.parse(stdout) as { roles: readonly object[] };
  expect(run).toMatchObject({ passed: true, only: [] });
  expect(roles).toHaveLength(1);
  expect(roles[0]).toMatchObject({
    role: "sender",
    arn: ROLE,
    used: [{ action: "sqs:SendMessage", resources: [QUEUE], count: 1 }],
    unused: [{ policy: "queue", actions: ["sqs:PurgeQueue"], resources: [QUEUE] }],
    serviceWork: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    byResourcePolicy: [],
    denied: [{ action: "sqs:ReceiveMessage", resource: QUEUE, count: 1 }],
    leastPrivilege: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: ["*"],
        },
        { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [QUEUE] },
      ],
    },
    cdk: expect.stringContaining('resources: [cdk.Fn.getAtt("Queue", "Arn").toString()]'),
  });
});

test("in a terminal: the sections of each role, and its policy when one is asked for", async () => {
  const all = await folder.hangar("access", "report");
  expect(all.stdout.split("\n").slice(1, 9)).toEqual([
    "",
    "sender",
    "  granted and used",
    "    sqs:SendMessage (once)",
    `        ${QUEUE}`,
    "  granted and never used",
    "    sqs:PurgeQueue (policy queue)",
    `        ${QUEUE}`,
  ]);
  expect(all.stdout).not.toContain("PolicyStatement");
  const one = await folder.hangar("access", "report", "--role", "send");
  expect(one.stdout).toContain("new iam.PolicyStatement({");
  expect(one.stdout).toContain('"Version": "2012-10-17"');
  expect(await folder.hangar("access", "report", "--role", "nobody")).toEqual({
    code: 1,
    stdout: "",
    stderr: 'No role has "nobody" in its name. There are: sender\n',
  });
});
