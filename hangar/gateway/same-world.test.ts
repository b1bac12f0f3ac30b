// Plain HTTP calls that functions and services of a fork make to the cloud's own addresses stay in that fork, and in its trace.

import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from "@aws-sdk/client-api-gateway";
import {
  CreateApiDestinationCommand,
  CreateConnectionCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateFunctionUrlConfigCommand,
  AddPermissionCommand,
  InvokeCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Span } from "../kernel/trace.ts";
import { ask } from "./test-cloud.ts";
import { makeFunction, startLambdaCloud, type LambdaCloud } from "../services/lambda/engine/test-cloud.ts";

let at: LambdaCloud;
let url = "";

const CALLEE = `exports.handler = async (event) => JSON.stringify(event.headers);`;

/** Each way that a handler may ask an address it has from its variables. */
const CALLERS: Readonly<Record<string, { readonly runtime: string; readonly file: string; readonly code: string }>> = {
  fetch: {
    runtime: "nodejs24.x",
    file: "index.mjs",
    code: `export const handler = async () => (await fetch(process.env.URL + "hello?a=b")).json();`,
  },
  "http.get": {
    runtime: "nodejs24.x",
    file: "index.mjs",
    code: `import { get } from "node:http";
export const handler = () => new Promise((done, fail) => get(process.env.URL, async (answer) => {
  let text = ""; for await (const chunk of answer) text += chunk; done(JSON.parse(text));
}).on("error", fail));`,
  },
  "http.request": {
    runtime: "nodejs24.x",
    file: "index.cjs",
    code: `const { request } = require("http");
exports.handler = () => new Promise((done, fail) => { const { hostname, port } = new URL(process.env.URL);
  request({ hostname, port, path: "/x", method: "POST" }, async (answer) => {
    let text = ""; for await (const chunk of answer) text += chunk; done(JSON.parse(text));
  }).on("error", fail).end("body"); });`,
  },
  urllib: {
    runtime: "python3.13",
    file: "index.py",
    code: `import json, os, urllib.request
def handler(event, context):
    return json.loads(urllib.request.urlopen(os.environ["URL"] + "hello").read())
`,
  },
};

async function publicFunction(name: string, code: string): Promise<string> {
  await makeFunction(at, name, { "index.js": code });
  for (const Action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
    const open = { FunctionName: name, StatementId: Action.slice("lambda:".length), Principal: "*", Action };
    await at.lambda.send(new AddPermissionCommand(open));
  }
  const made = await at.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: "NONE" }));
  return made.FunctionUrl ?? "";
}

beforeAll(async () => {
  at = await startLambdaCloud("same-world");
  url = await publicFunction("callee", CALLEE);
  for (const [name, { runtime, file, code }] of Object.entries(CALLERS))
    await makeFunction(
      at,
      name.replace(".", "-"),
      { [file]: code },
      { Runtime: runtime as never, Environment: { Variables: { URL: url } } },
    );
  // The toolkit stack's work, and whatever else a start leaves to do.
  await at.cloud.settle();
});
afterAll(() => at.cloud.close());
type Fork = {
  readonly endpoint: string;
  readonly lambda: LambdaClient;
  spans(): Promise<Span[]>;
  drop(): Promise<unknown>;
};

async function openFork(): Promise<Fork> {
  const { requestHandler: _inProcess, ...config } = at.cloud.clientConfig();
  const opened = await fetch(`${at.cloud.endpoint}/_hangar/forks`, { method: "POST", body: "{}" });
  const { name, endpoint } = (await opened.json()) as { name: string; endpoint: string };
  return {
    endpoint,
    lambda: new LambdaClient({ ...config, endpoint }),
    spans: async () => ((await (await fetch(`${endpoint}/_hangar/trace`)).json()) as { spans: Span[] }).spans,
    drop: () => fetch(`${at.cloud.endpoint}/_hangar/forks/${name}`, { method: "DELETE" }),
  };
}

function pathTo(spans: readonly Span[], name: string): string[] {
  const path: string[] = [];
  for (
    let span = spans.findLast((each) => each.name === name);
    span !== undefined;
    span = spans.find(({ id }) => id === span?.parent)
  )
    path.unshift(span.name.replace(/ .*/, ""));
  return path;
}

test.each(Object.keys(CALLERS))("with %s, in forks at once and one after another in one process", async (name) => {
  const before = at.cloud.trace.spans().at(-1)?.id;
  const FunctionName = name.replace(".", "-");
  // A later fork takes over the processes of those that have ended.
  for (let round = 0; round < 2; round += 1) {
    const forks = await Promise.all([openFork(), openFork(), openFork()]);
    await Promise.all(
      forks.map(async (fork) => {
        const { Payload, FunctionError } = await fork.lambda.send(new InvokeCommand({ FunctionName }));
        const headers = JSON.parse(Buffer.from(Payload ?? []).toString()) as Record<string, string>;
        expect(FunctionError, JSON.stringify(headers)).toBeUndefined();
        expect(Object.keys(headers).filter((header) => header.includes("hangar"))).toEqual([]);
        const spans = await fork.spans();
        expect(spans.filter((span) => span.name === "callee:$LATEST")).toHaveLength(1);
        expect(pathTo(spans, "callee:$LATEST")).toEqual([
          "lambda:Invoke",
          `${FunctionName}:$LATEST`,
          name === "http.request" ? "POST" : "GET",
          "callee:$LATEST",
        ]);
        const [caller, callee] = spans.filter(({ kind }) => kind === "invocation");
        const root = /Root=[^;]+/.exec(String(caller?.attributes["traceHeader"]))?.[0] ?? "none";
        expect(callee?.attributes["traceHeader"]).toContain(root);
        expect(headers["x-amzn-trace-id"]).toContain(root);
      }),
    );
    await Promise.all(forks.map((fork) => fork.drop()));
  }
  expect(at.cloud.trace.spans().filter(({ id }) => id > (before ?? 0))).toEqual([]);
});

test("a topic's post to a function URL", async () => {
  const { requestHandler: _inProcess, ...config } = at.cloud.clientConfig();
  const fork = await openFork();
  const before = at.cloud.trace.spans().at(-1)?.id;
  const sns = new SNSClient({ ...config, endpoint: fork.endpoint });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: url }));
  await fetch(`${fork.endpoint}/_hangar/settle`, { method: "POST", body: "{}" });
  const spans = await fork.spans();
  expect(pathTo(spans, "callee:$LATEST")).toEqual([
    "sns:Subscribe",
    "sns.confirm",
    "sns.amazonaws.com",
    "POST",
    "callee:$LATEST",
  ]);
  expect(at.cloud.trace.spans().filter(({ id }) => id > (before ?? 0))).toEqual([]);
  await sns.send(new PublishCommand({ TopicArn, Message: "x" }));
  await fork.drop();
});

test("an API's HTTP integration with a function URL", async () => {
  const { requestHandler: _inProcess, ...config } = at.cloud.clientConfig();
  const fork = await openFork();
  const before = at.cloud.trace.spans().at(-1)?.id;
  const api = new APIGatewayClient({ ...config, endpoint: fork.endpoint });
  const { id: restApiId } = await api.send(new CreateRestApiCommand({ name: "front" }));
  const { items } = await api.send(new GetResourcesCommand({ restApiId }));
  const method = { restApiId, resourceId: items?.[0]?.id, httpMethod: "GET" };
  await api.send(new PutMethodCommand({ ...method, authorizationType: "NONE" }));
  const proxy = { type: "HTTP_PROXY" as const, uri: url, integrationHttpMethod: "GET" };
  await api.send(new PutIntegrationCommand({ ...method, ...proxy }));
  await api.send(new CreateDeploymentCommand({ restApiId, stageName: "live" }));
  const answer = await fetch(`${fork.endpoint}/_aws/execute-api/${restApiId}/live/`);
  const headers = (await answer.json()) as Record<string, string>;
  expect(Object.keys(headers).filter((header) => header.includes("hangar"))).toEqual([]);
  const spans = await fork.spans();
  expect(pathTo(spans, "callee:$LATEST")).toEqual(["GET", "GET", "callee:$LATEST"]);
  const callee = spans.find(({ kind }) => kind === "invocation");
  const root = /Root=[^;]+/.exec(String(callee?.attributes["traceHeader"]))?.[0] ?? "none";
  expect(headers["x-amzn-trace-id"]).toContain(root);
  expect(at.cloud.trace.spans().filter(({ id }) => id > (before ?? 0))).toEqual([]);
  await fork.drop();
});

test("an event's call to an API destination", async () => {
  const { requestHandler: _inProcess, ...config } = at.cloud.clientConfig();
  const fork = await openFork();
  const before = at.cloud.trace.spans().at(-1)?.id;
  const document = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const iam = new IAMClient({ ...config, endpoint: fork.endpoint });
  const trust = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" };
  const allow = { Effect: "Allow", Action: "events:InvokeApiDestination", Resource: "*" };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: "caller", AssumeRolePolicyDocument: document(trust) }),
  );
  await iam.send(new PutRolePolicyCommand({ RoleName: "caller", PolicyName: "p", PolicyDocument: document(allow) }));
  const events = new EventBridgeClient({ ...config, endpoint: fork.endpoint });
  const AuthParameters = { BasicAuthParameters: { Username: "user", Password: "pass" } };
  const { ConnectionArn } = await events.send(
    new CreateConnectionCommand({ Name: "out", AuthorizationType: "BASIC", AuthParameters }),
  );
  const { ApiDestinationArn: Arn } = await events.send(
    new CreateApiDestinationCommand({ Name: "out", ConnectionArn, InvocationEndpoint: url, HttpMethod: "POST" }),
  );
  await events.send(new PutRuleCommand({ Name: "all", EventPattern: '{"source":["test"]}' }));
  await events.send(new PutTargetsCommand({ Rule: "all", Targets: [{ Id: "1", Arn, RoleArn: Role?.Arn }] }));
  await events.send(new PutEventsCommand({ Entries: [{ Source: "test", DetailType: "x", Detail: "{}" }] }));
  await fetch(`${fork.endpoint}/_hangar/settle`, { method: "POST", body: "{}" });
  const path = pathTo(await fork.spans(), "callee:$LATEST");
  expect([path[0], ...path.slice(-2)]).toEqual(["events:PutEvents", "POST", "callee:$LATEST"]);
  expect(at.cloud.trace.spans().filter(({ id }) => id > (before ?? 0))).toEqual([]);
  await fork.drop();
});

test("what a process asks once its world is gone reaches no other world", async () => {
  const headers = { "x-hangar-sender": "ASIAGONE Root=1-65a1b2c3-0123456789abcdef01234567" };
  const { host } = new URL(url);
  for (const path of ["/", "/_hangar/health"])
    expect((await ask(at.cloud, "GET", path, { headers: { ...headers, host } })).status, path).toBe(410);
  expect((await ask(at.cloud, "GET", "/", { headers: { host } })).status).toBe(200);
});
