// Three CDK apps as customers write them: the whole report of each, and the two that are all emulated really run.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud } from "../index.ts";
import { terminalLines } from "./output/terminal.ts";
import { readiness } from "./report.ts";
import { appFolder, APPS, assembled, type SampleApp } from "./test-apps.ts";

const folder = mkdtempSync(join(tmpdir(), "hangar-samples-"));
const assemblies = {} as Record<SampleApp, string>;

beforeAll(async () => {
  for (const app of APPS) assemblies[app] = await assembled(app, folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each(APPS)("the report of %s", async (app) => {
  const report = await readiness(assemblies[app], { now: Date.UTC(2026, 10, 22), base: appFolder(app) });
  const text = `${terminalLines(report, { all: true }).join("\n")}\n`;
  await expect(text).toMatchFileSnapshot(join(appFolder(app), "check.txt"));
});

test("notes-api: who signed in keeps notes, nobody else does", async () => {
  await using cloud = await startCloud();
  const [stack] = await cloud.deploy(assemblies["notes-api"]);
  const { Url = "", ClientId, PoolId } = stack?.outputs ?? {};
  const people = new CognitoIdentityProvider(cloud.clientConfig());
  const USERNAME = "ada@example.com";
  const PASSWORD = "Correct-horse-7";
  await people.signUp({ ClientId, Username: USERNAME, Password: PASSWORD });
  await people.adminConfirmSignUp({ UserPoolId: PoolId, Username: USERNAME });
  const { AuthenticationResult } = await people.initiateAuth({
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
  });
  const authorization = AuthenticationResult?.IdToken ?? "";
  const ask = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${Url}${path}`, { method, headers: { authorization }, ...(body ? { body: JSON.stringify(body) } : {}) });
  expect((await fetch(`${Url}notes`)).status).toBe(401);
  const made = (await (await ask("POST", "notes", { text: "milk" })).json()) as { readonly id: string };
  expect(await (await ask("GET", "notes")).json()).toEqual([{ id: made.id, text: "milk" }]);
  expect((await ask("DELETE", `notes/${made.id}`)).status).toBe(204);
  expect(await (await ask("GET", "notes")).json()).toEqual([]);
});

test("picture-events: a picture is catalogued and told of, and reported at night", async () => {
  await using cloud = await startCloud();
  const [stack] = await cloud.deploy(assemblies["picture-events"]);
  const { Pictures: Bucket, Readers: QueueUrl } = stack?.outputs ?? {};
  const s3 = new S3(cloud.clientConfig());
  await s3.putObject({ Bucket, Key: "a cat.jpg", Body: "miaow" });
  await cloud.settle();
  const { Messages } = await new SQS(cloud.clientConfig()).receiveMessage({ QueueUrl });
  expect(Messages?.map((message) => message.Body)).toEqual(["a cat.jpg"]);
  await cloud.clock.advance("1 day");
  await cloud.settle();
  const { Contents = [] } = await s3.listObjectsV2({ Bucket, Prefix: "reports/" });
  const { Body } = await s3.getObject({ Bucket, Key: Contents[0]?.Key });
  expect(JSON.parse((await Body?.transformToString()) ?? "")).toEqual({ count: 1, bytes: 5 });
});
