// Forks over HTTP: a name and a port that lead to one world only, whatever is asked there.

import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  ListExportsCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { ask } from "./test-cloud.ts";

let cloud: RunningCloud;
beforeEach(async () => {
  cloud = await startCloud();
  return () => cloud.close();
});

type Fork = {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly endpoint: string;
  readonly now: number;
};

async function json(method: string, path: string, options: Parameters<typeof ask>[3] = {}): Promise<unknown> {
  const answer = await ask(cloud, method, path, options);
  return { ...(JSON.parse(answer.text) as object), status: answer.status };
}

async function open(body: object = {}, port = cloud.port): Promise<Fork> {
  const { status, ...fork } = (await json("POST", "/_hangar/forks", { body, port })) as Fork & { status: number };
  expect(status, JSON.stringify(fork)).toBe(200);
  return fork;
}

const config = (endpoint: string): { endpoint: string; region: string; credentials: Credentials } => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
type Credentials = { accessKeyId: string; secretAccessKey: string };

const sqs = (endpoint = cloud.endpoint): SQSClient => new SQSClient(config(endpoint));

async function queues(client: SQSClient): Promise<string[]> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand());
  return QueueUrls.map((url) => url.slice(url.lastIndexOf("/") + 1));
}

/** Names below localhost are not resolved everywhere: the socket goes to our port, the name into the header. */
const host = (fork: Fork, below = ""): { headers: { host: string } } => ({
  headers: { host: `${below}${new URL(fork.url).host}` },
});

test("a fork has what was there, and nothing to do with any other", async () => {
  await sqs().send(new CreateQueueCommand({ QueueName: "before" }));
  const one = await open({ name: "one" });
  const two = await open({ title: "two.test.ts > a test" });
  expect(one).toEqual({
    name: "one",
    url: `http://one.localhost:${cloud.port}`,
    port: expect.any(Number) as number,
    endpoint: `http://127.0.0.1:${one.port}`,
    now: expect.any(Number) as number,
  });
  expect(two).toMatchObject({ name: "fork-1", title: "two.test.ts > a test" });
  const [first, second] = [sqs(one.endpoint), sqs(two.endpoint)];
  const { QueueUrl } = await first.send(new CreateQueueCommand({ QueueName: "own" }));
  expect(QueueUrl).toBe(`${one.endpoint}/000000000000/own`);
  await first.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  expect(await queues(first)).toEqual(["before", "own"]);
  expect(await queues(second)).toEqual(["before"]);
  expect(await queues(sqs())).toEqual(["before"]);
});

test("its name on our port leads to it too, buckets and all", async () => {
  const fork = await open({ name: "checkout" });
  const s3 = new S3Client({ ...config(fork.endpoint), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: "site" }));
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" }],
  };
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: "site" }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: "site", Policy: JSON.stringify(policy) }));
  await s3.send(new PutObjectCommand({ Bucket: "site", Key: "k", Body: "in the fork" }));
  const there = { status: 200, text: "in the fork" };
  expect(await ask(cloud, "GET", "/site/k", host(fork))).toMatchObject(there);
  expect(await ask(cloud, "GET", "/k", host(fork, "site.s3."))).toMatchObject(there);
  expect(await ask(cloud, "GET", "/site/k", {})).toMatchObject({ status: 404 });
});

test.each(["url", "port"] as const)("every path of ours works at its %s, for that fork", async (by) => {
  const fork = await open();
  const at = by === "port" ? { port: fork.port } : host(fork);
  await json("POST", "/_hangar/clock", { ...at, body: { hold: true } });
  expect(await json("POST", "/_hangar/clock", { ...at, body: { advance: "1 day" } })).toMatchObject({ status: 200 });
  const { now } = (await json("GET", "/_hangar/clock", at)) as { now: number };
  expect(now).toBeGreaterThanOrEqual(fork.now + 86_400_000);
  expect(await json("GET", "/_hangar/clock")).toMatchObject({ mode: "live" });
  expect(cloud.clock.now()).toBeLessThan(now);
  const fault = { action: "sqs:ListQueues", error: "InternalFailure", times: 1 };
  expect(await json("POST", "/_hangar/faults", { ...at, body: fault })).toEqual({ status: 200, faults: [fault] });
  expect(cloud.faults.list()).toEqual([]);
  const call = { service: "sqs", operation: "CreateQueue", input: { QueueName: "own" } };
  expect(await json("POST", "/_hangar/call", { ...at, body: call })).toMatchObject({ status: 200 });
  expect(await json("POST", "/_hangar/settle", at)).toMatchObject({ settled: true });
  const { spans } = (await json("GET", "/_hangar/trace", at)) as { spans: { name: string }[] };
  expect(spans.map(({ name }) => name)).toContain("sqs:CreateQueue");
  expect(cloud.trace.spans().map(({ name }) => name)).not.toContain("sqs:CreateQueue");
  expect(await json("GET", "/_hangar/forks", at)).toMatchObject({ forks: [{ name: fork.name, port: fork.port }] });
});

test("a fork of a fork has that fork's data, is listed with it and goes with it", async () => {
  const parent = await open({ name: "parent" });
  await sqs(parent.endpoint).send(new CreateQueueCommand({ QueueName: "of-parent" }));
  const child = await open({ name: "child" }, parent.port);
  expect(child).toMatchObject({ parent: "parent", url: `http://child.localhost:${cloud.port}` });
  await sqs(child.endpoint).send(new CreateQueueCommand({ QueueName: "of-child" }));
  expect(await queues(sqs(child.endpoint))).toEqual(["of-child", "of-parent"]);
  expect(await queues(sqs(parent.endpoint))).toEqual(["of-parent"]);
  const {
    name,
    url,
    port,
    endpoint,
    parent: from,
  } = (await json("GET", "/_hangar/forks/child")) as typeof child & {
    parent: string;
  };
  expect({ name, url, port, endpoint, parent: from }).toEqual({ ...child, now: undefined, parent: "parent" });
  expect(await json("GET", `/_hangar/forks/${child.port}`)).toMatchObject({ name: "child" });
  await json("DELETE", "/_hangar/forks/parent");
  expect(await json("GET", "/_hangar/forks")).toEqual({ status: 200, forks: [] });
  await expect(fetch(child.endpoint)).rejects.toThrow("fetch failed");
});

test("a dropped fork says so at its url, in the caller's protocol; its port is closed; its name is free again", async () => {
  const fork = await open({ name: "brief" });
  expect(await json("DELETE", "/_hangar/forks/brief")).toEqual({ status: 200 });
  const message = 'There is no fork "brief" any more.';
  expect(await json("GET", "/_hangar/clock", host(fork))).toEqual({ status: 410, code: "ForkGone", message });
  const scope = "Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00";
  const call = {
    authorization: `AWS4-HMAC-SHA256 ${scope}`,
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "AmazonSQS.ListQueues",
    ...host(fork).headers,
  };
  const answer = await ask(cloud, "POST", "/", { headers: call, body: {} });
  expect(answer.status).toBe(410);
  expect(JSON.parse(answer.text)).toMatchObject({ message });
  expect((await ask(cloud, "GET", "/site/k", host(fork))).text).toContain(
    `<Message>${message.replaceAll('"', "&quot;")}</Message>`,
  );
  await expect(fetch(fork.endpoint)).rejects.toThrow("fetch failed");
  for (const method of ["GET", "DELETE"])
    expect(await json(method, "/_hangar/forks/brief")).toEqual({ status: 404, code: "ForkNotFound", message });
  const again = await open({ name: "brief" });
  expect(await json("GET", "/_hangar/clock", host(again))).toMatchObject({ status: 200 });
  expect(cloud.bugs).toEqual([]);
});

test("two living forks never share a name, not even when both are asked for at once", async () => {
  await open({ name: "fork-1" });
  expect(await open()).toMatchObject({ name: "fork-2" });
  const body = { name: "same" };
  const both = await Promise.all([1, 2].map(() => json("POST", "/_hangar/forks", { body })));
  expect(both).toEqual([
    expect.objectContaining({ status: 200, name: "same" }),
    { status: 409, code: "ForkAlreadyExists", message: 'There is a fork "same" already.' },
  ]);
});

test.each(["", "Über", "a.b", "-a", "a-", "1st", "a".repeat(64), "s3", "sqs", "us-east-1", "s3-website-us-east-1"])(
  'the name "%s" is refused, and no fork made',
  async (name) => {
    expect(await json("POST", "/_hangar/forks", { body: { name } })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^name is /) as string,
    });
    expect(await json("GET", "/_hangar/forks")).toEqual({ status: 200, forks: [] });
  },
);

test("a name that no fork has or had is nobody's: hosts below localhost stay what they are", async () => {
  const at = (name: string): object => ({ headers: { host: `${name}.localhost:${cloud.port}` } });
  expect(await json("GET", "/_hangar/health", at("other"))).toMatchObject({ status: 200 });
  // Somebody before us gave it: not the main world in its stead.
  expect(await json("GET", "/_hangar/health", at("fork-7"))).toMatchObject({ status: 410 });
});

const template = {
  Resources: {
    Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: "jobs" } },
    Site: { Type: "AWS::S3::Bucket", Properties: { BucketName: "site", WebsiteConfiguration: { IndexDocument: "i" } } },
  },
  Outputs: {
    QueueUrl: { Value: { Ref: "Jobs" }, Export: { Name: "jobs" } },
    SiteUrl: { Value: { "Fn::GetAtt": ["Site", "WebsiteURL"] } },
  },
};

test("outputs of what was deployed before lead to the fork that is asked, whoever asks and however", async () => {
  const main = new CloudFormationClient(config(cloud.endpoint));
  await main.send(new CreateStackCommand({ StackName: "App", TemplateBody: JSON.stringify(template) }));
  await cloud.settle();
  const fork = await open();
  const site = "site.s3-website-us-east-1";
  const there = {
    QueueUrl: `${fork.endpoint}/000000000000/jobs`,
    SiteUrl: `http://${site}.localhost:${fork.port}`,
  };
  const stack = { name: "App", region: "us-east-1", status: "CREATE_COMPLETE" };
  expect(await json("GET", "/_hangar/stacks", { port: fork.port })).toEqual({
    status: 200,
    outputs: there,
    stacks: [{ ...stack, outputs: there }],
  });
  const client = new CloudFormationClient(config(fork.endpoint));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: "App" }));
  expect(Object.fromEntries((Stacks[0]?.Outputs ?? []).map((each) => [each.OutputKey, each.OutputValue]))).toEqual(
    there,
  );
  const { Exports = [] } = await client.send(new ListExportsCommand({}));
  expect(Exports.map(({ Value }) => Value)).toEqual([there.QueueUrl]);
  expect(await json("GET", "/_hangar/stacks", host(fork))).toMatchObject({
    outputs: { QueueUrl: `${fork.url}/000000000000/jobs`, SiteUrl: `http://${site}.${new URL(fork.url).host}` },
  });
  expect(await cloud.outputs()).toMatchObject({ QueueUrl: `${cloud.endpoint}/000000000000/jobs` });
});

test("a fork of the plain API listens when it is asked to: other processes reach it, and its outputs lead there", async () => {
  const main = new CloudFormationClient(config(cloud.endpoint));
  await main.send(new CreateStackCommand({ StackName: "App", TemplateBody: JSON.stringify(template) }));
  await cloud.settle();
  const quiet = cloud.fork("quiet");
  expect((await quiet.outputs())["QueueUrl"]).toBe(`${cloud.endpoint}/000000000000/jobs`);
  expect(await json("GET", "/_hangar/forks")).toMatchObject({ forks: [] });
  const fork = cloud.fork("a test");
  const { endpoint, port, url } = await fork.listen();
  expect({ endpoint, url }).toEqual({
    endpoint: `http://127.0.0.1:${port}`,
    url: `http://fork-1.localhost:${cloud.port}`,
  });
  expect((await fork.listen()).port).toBe(port);
  expect((await fork.outputs())["QueueUrl"]).toBe(`${endpoint}/000000000000/jobs`);
  await sqs(endpoint).send(new CreateQueueCommand({ QueueName: "from-outside" }));
  expect(await queues(new SQSClient(fork.clientConfig()))).toEqual(["from-outside", "jobs"]);
  expect(await queues(sqs())).toEqual(["jobs"]);
  expect(await json("GET", "/_hangar/forks")).toMatchObject({ forks: [{ name: "fork-1", title: "a test", port }] });
  fork.dispose();
  expect(await json("GET", "/_hangar/forks")).toMatchObject({ forks: [] });
  await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
  quiet.dispose();
});

test("where nothing listens, no fork can", async () => {
  const silent = await startCloud({ listen: false });
  await expect(silent.fork().listen()).rejects.toThrow("A cloud that does not listen has no address for a fork.");
  await silent.close();
});

test("a fork that is reset keeps its name and port, and shows its new time", async () => {
  const fork = await open({ name: "again" });
  await json("POST", "/_hangar/clock", { port: fork.port, body: { hold: true, advance: "1 day" } });
  await json("POST", "/_hangar/reset", { port: fork.port });
  const { now } = (await json("GET", "/_hangar/clock", host(fork))) as { now: number };
  const shown = (await json("GET", "/_hangar/forks/again")) as Fork;
  expect(shown.port).toBe(fork.port);
  expect(Math.abs(shown.now - now)).toBeLessThan(60_000);
  expect(await open({}, fork.port)).toMatchObject({ parent: "again" });
});

test("forks go when the cloud is closed", async () => {
  const { endpoint } = await open();
  await cloud.close();
  await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
});
