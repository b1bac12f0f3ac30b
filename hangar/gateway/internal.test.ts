// Hangar's own paths and LocalStack's: what scripts and suites in any language steer the cloud by, and no web page.

import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";
import { ask } from "./test-cloud.ts";

let cloud: RunningCloud;
beforeEach(async () => {
  cloud = await startCloud();
  return () => cloud.close();
});

async function json(method: string, path: string, body?: unknown, port?: number): Promise<unknown> {
  const answer = await ask(cloud, method, path, { body, ...(port === undefined ? {} : { port }) });
  return { ...(JSON.parse(answer.text) as object), status: answer.status };
}

function sqs(endpoint = cloud.endpoint): SQSClient {
  return new SQSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
}

describe("Hangar's paths", () => {
  test("health says who answers, and HEAD that somebody does", async () => {
    expect(await json("GET", "/_hangar/health")).toEqual({
      status: 200,
      version: "0.1.0",
      region: "us-east-1",
      account: "000000000000",
      origin: cloud.endpoint,
    });
    expect(await ask(cloud, "HEAD", "/_hangar/health")).toMatchObject({ status: 200, text: "" });
  });

  test("the clock is shown, moved, held and released", async () => {
    const held = (await json("POST", "/_hangar/clock", { hold: true })) as { now: number };
    expect(held).toMatchObject({ status: 200, mode: "held" });
    expect(await json("POST", "/_hangar/clock", { advance: "15 minutes" })).toEqual({
      status: 200,
      mode: "held",
      now: held.now + 900_000,
    });
    expect(await json("GET", "/_hangar/clock")).toEqual({ status: 200, mode: "held", now: held.now + 900_000 });
    expect(await json("POST", "/_hangar/clock", { hold: false })).toMatchObject({ mode: "live" });
    const later = held.now + 86_400_000;
    expect(await json("POST", "/_hangar/clock", { hold: true, advanceTo: later })).toMatchObject({ now: later });
    const [before, after] = [later - 1, later].map((time) => new Date(time).toISOString());
    expect(await json("POST", "/_hangar/clock", { advanceTo: before })).toEqual({
      status: 400,
      code: "Error",
      message: `The clock cannot go back to ${before}: it shows ${after}.`,
    });
    expect(await json("GET", "/_hangar/clock")).toMatchObject({ now: later });
    expect(await json("POST", "/_hangar/clock", { advanceTo: "tomorrow" })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^Not a date: "tomorrow"/),
    });
    expect(await json("POST", "/_hangar/clock", { advance: "soon" })).toEqual({
      status: 400,
      code: "Error",
      message: 'Not a duration: "soon". Write e.g. "15 minutes".',
    });
  });

  test("settle answers when nothing is due, and takes how long it may wait", async () => {
    expect(await json("POST", "/_hangar/settle")).toMatchObject({ status: 200, settled: true });
    expect(await json("POST", "/_hangar/settle", { within: "1 second" })).toMatchObject({ settled: true });
    expect(await json("POST", "/_hangar/settle", { within: "x" })).toMatchObject({ status: 400 });
  });

  test("the trace has every call with its caller and its error", async () => {
    await sqs().send(new CreateQueueCommand({ QueueName: "jobs" }));
    await sqs()
      .send(new CreateQueueCommand({ QueueName: "no!" }))
      .catch(() => undefined);
    const { spans } = (await json("GET", "/_hangar/trace")) as { spans: { name: string; error?: { code: string } }[] };
    const calls = spans.filter(({ name }) => name === "sqs:CreateQueue");
    expect(calls.map(({ error }) => error?.code)).toEqual([undefined, "InvalidParameterValue"]);
    expect(calls[0]).toMatchObject({
      attributes: { caller: "arn:aws:iam::000000000000:root", input: { QueueName: "jobs" } },
    });
  });

  test("any operation can be called as the account's root", async () => {
    expect(await json("POST", "/_hangar/call", { service: "sqs", operation: "ListQueues" })).toEqual({ status: 200 });
    expect(await json("POST", "/_hangar/call", { service: "bedrock", operation: "X" })).toEqual({
      status: 400,
      code: "NotEmulated",
      message: "Hangar does not emulate the service bedrock yet.",
    });
    expect(
      await json("POST", "/_hangar/call", { service: "sqs", operation: "GetQueueUrl", input: { QueueName: "q" } }),
    ).toMatchObject({
      status: 400,
      code: "QueueDoesNotExist",
    });
  });

  test("bugs are listed; there are none", async () => {
    expect(await json("GET", "/_hangar/bugs")).toEqual({ status: 200, bugs: [] });
  });

  test.each([
    ["GET", "/_hangar/nothing"],
    ["GET", "/_localstack/nothing"],
  ])("%s %s is not there", async (method, path) => {
    expect(await json(method, path)).toEqual({
      status: 404,
      code: "NotFound",
      message: `There is no ${method} ${path}.`,
    });
  });

  test.each([
    ["POST", "/_hangar/health", "GET, HEAD"],
    ["PUT", "/_hangar/clock", "GET, HEAD, POST"],
    ["GET", "/_hangar/settle", "POST"],
  ])("%s %s is not allowed, only %s", async (method, path, allow) => {
    const answer = await ask(cloud, method, path);
    expect(answer).toMatchObject({ status: 405, headers: { allow } });
    expect(JSON.parse(answer.text)).toEqual({
      code: "MethodNotAllowed",
      message: `There is no ${method} ${path}, only ${allow}.`,
    });
  });

  test.each([
    ["call", "{", /^The body is no JSON: /],
    ["call", "[]", /^The body is a JSON object, not \[\]\.$/],
    ["call", "{}", /^service is missing\.$/],
    ["call", '{"service":"sqs","operation":7}', /^operation is a text, not 7\.$/],
    ["clock", '{"hold":"yes"}', /^hold is true or false, not "yes"\.$/],
    ["clock", '{"hold":true,"advance":"soon"}', /^Not a duration: "soon"/],
    ["clock", '{"hold":true,"foward":"1 day"}', /^foward means nothing here\. It takes: advance, .*hold/],
    ["settle", '{"within":null}', /^within is a text or a number, not null\.$/],
    ["settle?within=1", "{}", /^within means nothing here/],
    ["faults", '{"action":"sqs:*","error":"InternalFailure","times":"2"}', /^times is a number, not "2"\.$/],
    ["faults", '{"action":"sqs:*","latency":1,"rate":1}', /^A fault has an error, a latency or a rate\.$/],
    ["deploy", '{"assembly":"x","stacks":["a",1]}', /^stacks\[1\] is a text, not 1\.$/],
  ])("POST /_hangar/%s with %s is refused, and changes nothing", async (path, body, message) => {
    const answer = await fetch(`${cloud.endpoint}/_hangar/${path}`, { method: "POST", body });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { code: expect.any(String) as string, message: expect.stringMatching(message) as string },
    ]);
    expect(cloud.faults.list()).toEqual([]);
    expect(await json("GET", "/_hangar/clock")).toMatchObject({ mode: "live" });
  });
});

describe("faults", () => {
  test("fail the next calls of an operation, as often as told, with a modelled error", async () => {
    const fault = { action: "sqs:CreateQueue", error: "QueueDeletedRecently", message: "wait", times: 2 };
    expect(await json("POST", "/_hangar/faults", fault)).toEqual({ status: 200, faults: [fault] });
    const client = sqs();
    for (let time = 0; time < 2; time += 1)
      await expect(client.send(new CreateQueueCommand({ QueueName: "jobs" }))).rejects.toMatchObject({
        name: "QueueDeletedRecently",
        message: "wait",
      });
    await client.send(new CreateQueueCommand({ QueueName: "jobs" }));
    expect(await json("GET", "/_hangar/faults")).toEqual({ status: 200, faults: [] });
  });

  test("may be late or throttled instead, by resource and caller, and show in the trace", async () => {
    const late = { action: "sqs:ListQueues", latency: 20, caller: "*:root", times: 1 };
    const none = { action: "sqs:CreateQueue", rate: 0, resource: "jobs", probability: 1 };
    await json("POST", "/_hangar/faults", late);
    expect(await json("POST", "/_hangar/faults", none)).toMatchObject({ faults: [{ latency: 20 }, none] });
    const once = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
    await once.send(new ListQueuesCommand());
    await expect(once.send(new CreateQueueCommand({ QueueName: "jobs" }))).rejects.toMatchObject({
      name: "RequestThrottled",
    });
    expect(await json("DELETE", "/_hangar/faults")).toMatchObject({ faults: [none] });
    const { text } = (await json("GET", "/_hangar/trace/text")) as unknown as { text: string };
    expect(text).toMatch(/sqs:ListQueues by root \[FAULTED\].*\n +the test asked for: 20 ms late\n/);
    expect(text).toMatch(/sqs:CreateQueue by root \[FAULTED\].*\n +x RequestThrottled: Injected by the test\.\n/);
    expect(await json("GET", "/_hangar/trace/otlp")).toMatchObject({
      resourceSpans: [{ scopeSpans: [{ scope: { name: "hangar" } }] }],
    });
    const both = { action: "sqs:*", latency: 1, rate: 1 };
    expect(await json("POST", "/_hangar/faults", both)).toMatchObject({ status: 400 });
  });

  test("of a whole service hit whatever comes next; what is no longer wanted is dropped", async () => {
    cloud.faults.next("sqs:*", "ServiceUnavailable", { times: 100 });
    const once = new SQSClient({ ...cloud.clientConfig(), maxAttempts: 1 });
    await expect(once.send(new ListQueuesCommand())).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(await json("DELETE", "/_hangar/faults")).toMatchObject({ faults: [{ action: "sqs:*" }] });
    await once.send(new ListQueuesCommand());
  });

  test("a client that retries gets over a throttled call", async () => {
    cloud.faults.next("sqs:ListQueues", "ThrottlingException", { times: 2 });
    const answer = await new SQSClient(cloud.clientConfig()).send(new ListQueuesCommand());
    expect(answer.$metadata.attempts).toBe(3);
  });

  test("in a fork hit that fork alone", async () => {
    const fork = cloud.fork();
    fork.faults.next("sqs:ListQueues", "InternalFailure");
    await sqs().send(new ListQueuesCommand());
    const once = new SQSClient({ ...fork.clientConfig(), maxAttempts: 1 });
    await expect(once.send(new ListQueuesCommand())).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    fork.dispose();
  });

  test.each([
    [
      { action: "sqs:CreateQueue", error: "NoSuchBucket" },
      /^AWS never answers sqs:CreateQueue with NoSuchBucket\. It may answer: .*QueueDeletedRecently/,
    ],
    [
      { action: "sqs:Nope", error: "ThrottlingException" },
      /^There is no sqs:Nope\. Write e\.g\. "sqs:SendMessage" or "sqs:\*"\.$/,
    ],
    [{ action: "nope:X", error: "ThrottlingException" }, /^There is no nope:X\./],
    [
      { action: "sqs:*", error: "ThrottlingException", times: 0 },
      /^A fault happens once or more often, not 0 times\.$/,
    ],
  ])("%j is refused", async (fault, message) => {
    expect(await json("POST", "/_hangar/faults", fault)).toMatchObject({
      status: 400,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("started for the first call", () => {
  let other: RunningCloud;
  beforeAll(async () => {
    other = await startCloud({ region: "eu-west-1", account: "123456789012" });
  });
  afterAll(() => other.close());

  test("a cloud has the region and account it was given", async () => {
    const answer = await fetch(`${other.endpoint}/_hangar/health`);
    expect(await answer.json()).toMatchObject({ region: "eu-west-1", account: "123456789012" });
  });
});
