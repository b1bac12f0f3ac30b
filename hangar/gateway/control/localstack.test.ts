// LocalStack's own paths, as scripts, health checks and wait-on use them.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../index.ts";
import { ask } from "../test-cloud.ts";

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

async function json(method: string, path: string, body?: unknown): Promise<unknown> {
  const { status, text } = await ask(cloud, method, path, { body });
  return { ...(JSON.parse(text) as object), status };
}

test("health lists services under LocalStack's names, and those in use as running", async () => {
  await new STSClient(cloud.clientConfig()).send(new GetCallerIdentityCommand({}));
  expect(await json("GET", "/_localstack/health")).toMatchObject({
    status: 200,
    edition: "hangar",
    services: { sts: "running", dynamodb: "available" },
  });
  expect(await ask(cloud, "HEAD", "/_localstack/health")).toMatchObject({ status: 200, text: "" });
});

test("wait-on finds it up, by HEAD and by GET", async () => {
  const program = createRequire(import.meta.url).resolve("wait-on/bin/wait-on");
  for (const scheme of ["http", "http-get"]) {
    const child = spawn(process.execPath, [
      program,
      "-t",
      "15000",
      `${scheme}://127.0.0.1:${cloud.port}/_localstack/health`,
    ]);
    expect(await new Promise((done) => child.once("exit", done))).toBe(0);
  }
});

test("a cloud that a program holds is neither killed nor restarted, and says so", async () => {
  expect(await json("POST", "/_localstack/health", { action: "kill" })).toMatchObject({
    status: 501,
    code: "NotEmulated",
    message: "The program that started this cloud ends it: no command runs it.",
  });
  expect(await json("POST", "/_localstack/health", { action: "restart" })).toMatchObject({ status: 501 });
  expect(await json("POST", "/_localstack/health", { action: "dance" })).toMatchObject({
    status: 400,
    message: 'action is one of kill, restart, not "dance".',
  });
  expect(await json("POST", "/_localstack/health")).toMatchObject({ status: 400, message: "action is missing." });
  expect(await json("GET", "/_localstack/health")).toMatchObject({ status: 200 });
});

test("init tells of every stage; of another there is none", async () => {
  const completed = { BOOT: true, START: true, READY: true, SHUTDOWN: false };
  expect(await json("GET", "/_localstack/init")).toEqual({ status: 200, completed, scripts: [] });
  for (const stage of ["ready", "READY", "boot"])
    expect(await json("GET", `/_localstack/init/${stage}`)).toEqual({ status: 200, completed: true, scripts: [] });
  expect(await json("GET", "/_localstack/init/shutdown")).toMatchObject({ completed: false });
  expect(await json("GET", "/_localstack/init/nope")).toEqual({
    status: 404,
    code: "NotFound",
    message: "no such stage nope",
  });
});

test("info and plugins", async () => {
  expect(await json("GET", "/_localstack/info")).toMatchObject({
    version: "0.1.0",
    edition: "hangar",
    is_license_activated: false,
    server_time_utc: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string,
  });
  const plugins = (await json("GET", "/_localstack/plugins")) as Record<string, unknown>;
  expect(plugins["localstack.aws.provider"]).toContainEqual({
    name: "sts:default",
    is_initialized: true,
    is_loaded: true,
  });
});

test("state is reset in the world that is asked alone; one service's is not", async () => {
  const { port } = (await json("POST", "/_hangar/forks")) as { port: number };
  const create = { service: "sqs", operation: "CreateQueue", input: { QueueName: "jobs" } };
  const queues = async (at: number): Promise<unknown> => {
    const list = { service: "sqs", operation: "ListQueues" };
    return (
      JSON.parse((await ask(cloud, "POST", "/_hangar/call", { body: list, port: at })).text) as { QueueUrls?: [] }
    ).QueueUrls;
  };
  for (const at of [cloud.port, port]) await ask(cloud, "POST", "/_hangar/call", { body: create, port: at });
  expect(await ask(cloud, "POST", "/_localstack/state/reset", { port })).toMatchObject({ status: 200 });
  expect(await queues(port)).toBeUndefined();
  expect(await queues(cloud.port)).toHaveLength(1);
  expect(await json("POST", "/_localstack/state/sqs/reset")).toMatchObject({ status: 404 });
  expect(await queues(cloud.port)).toHaveLength(1);
});

test.each(["diagnose", "usage", "config", "nothing"])("there is no /_localstack/%s", async (path) => {
  expect(await json("GET", `/_localstack/${path}`)).toMatchObject({ status: 404, code: "NotFound" });
});
