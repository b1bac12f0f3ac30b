// A user's suite in a vitest process of its own: a world per test, on several workers, its addresses, and what a failure shows.

import { Lambda } from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { startCloud } from "../index.ts";
import { sampleProject, type Report, type SampleProject } from "./sample-project.ts";

let project: SampleProject;

afterEach(() => project.remove());

function outcomes({ testResults }: Report): Record<string, string> {
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return Object.fromEntries(results.map(({ title, status }) => [title, status]));
}

/** Two tests at once, each of which sees its own message only: a shared queue would show both, or neither. */
const isolated = (file: string): string => `
import { test, expect } from "hangar/vitest";
import { appendFileSync } from "node:fs";

for (const name of ["${file} one", "${file} two"])
  test.concurrent(name, async ({ stack, aws, cloud }) => {
    appendFileSync("workers.txt", process.pid + " " + process.env.VITEST_POOL_ID + " " + cloud.endpoint + "\\n");
    const QueueUrl = stack.outputs.QueueUrl;
    await aws.sqs.sendMessage({ QueueUrl, MessageBody: name });
    await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: name, Body: name });
    const { Contents } = await aws.s3.listObjectsV2({ Bucket: stack.outputs.Bucket });
    expect(Contents.map(({ Key }) => Key)).toEqual([name]);
    const { Messages } = await aws.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    expect(Messages.map(({ Body }) => Body)).toEqual([name]);
    await cloud.clock.advance("1 minute");
    const again = await aws.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    expect(again.Messages.map(({ Body }) => Body)).toEqual([name]);
  });
`;

const workers = `
import { readFileSync } from "node:fs";
const lines = readFileSync("workers.txt", "utf8").trim().split("\\n").map((line) => line.split(" "));
const distinct = (column) => new Set(lines.map((line) => line[column])).size;
console.log(JSON.stringify({ processes: distinct(0), slots: distinct(1), worlds: distinct(2) }));
`;

test("tests of several workers run at once on one deployment, each in its own world", async () => {
  project = sampleProject(
    {
      "a.test.js": isolated("a"),
      "b.test.js": isolated("b"),
      "workers.js": workers,
    },
    process.env,
  );
  const { code, said, report } = await project.vitest();
  expect(outcomes(report), said).toEqual({
    "a one": "passed",
    "a two": "passed",
    "b one": "passed",
    "b two": "passed",
  });
  expect(code).toBe(0);
  expect(project.read(".hangar/stack-outputs.d.ts")).toContain(
    "    readonly Bucket: string;\n    readonly EchoUrl: string;\n",
  );
  const { said: counted } = await project.node(["workers.js"]);
  expect(JSON.parse(counted)).toEqual({ processes: 2, slots: 2, worlds: 4 });
});

test("what a test holds: addresses, clock, faults, trace, forks", async () => {
  project = sampleProject(
    {
      "localstack-init/ready.d/queue.sh": "awslocal sqs create-queue --queue-name seeded",
      "cloud.test.js": `
import { request } from "node:http";
import { inject } from "vitest";
import { test, expect } from "hangar/vitest";
import { SQSClient, GetQueueUrlCommand } from "@aws-sdk/client-sqs";

test("outputs", async ({ stack, cloud, aws }) => {
  const ports = [stack.outputs.QueueUrl, stack.outputs.EchoUrl].map((url) => Number(new URL(url).port));
  expect(ports).toEqual([cloud.port, cloud.port]);
  expect(stack.stacks.Photos).toEqual(stack.outputs);
  // A name below localhost, which not every resolver knows.
  expect(await (await fetch(stack.outputs.EchoUrl + "hello")).text()).toBe("/hello");
  const [call] = (await cloud.trace.spans()).filter((span) => span.kind === "invocation");
  expect(call.name).toContain("Photos-Echo");
  const below = (nodes) => nodes.flatMap((node) => [node.span.name, ...below(node.children)]);
  expect(below(await cloud.trace.tree())).toContain(call.name);
  expect(await cloud.trace.print()).toContain("invocation " + call.name);
  expect((await cloud.trace.otlp()).resourceSpans).toHaveLength(1);
  const own = new SQSClient(cloud.clientConfig());
  const { QueueUrl } = await own.send(new GetQueueUrlCommand({ QueueName: stack.outputs.QueueUrl.split("/").at(-1) }));
  expect(QueueUrl).toBe(stack.outputs.QueueUrl);
  expect(() => aws.xray).toThrow("npm install --save-dev @aws-sdk/client-xray");
});

test("a page of the deployed world", async ({ stack, cloud }) => {
  const { port } = new URL(inject("hangarWorld").endpoint);
  const path = stack.outputs.EchoUrl.replace(":" + cloud.port, ":" + port) + "page";
  const through = new URL(cloud.browserConfig().proxy.server);
  const text = await new Promise((done, fail) => {
    const options = { hostname: through.hostname, port: through.port, path, headers: { host: new URL(path).host } };
    request(options, async (answer) => done((await answer.toArray()).join(""))).on("error", fail).end();
  });
  expect(text).toBe("/page");
  expect((await cloud.trace.spans()).filter((span) => span.kind === "invocation")).toHaveLength(1);
});

test("scripts of localstack-init/", async ({ aws }) => {
  expect((await aws.sqs.getQueueUrl({ QueueName: "seeded" })).QueueUrl).toContain("/seeded");
});

test("clock", async ({ cloud }) => {
  await cloud.clock.hold();
  const before = await cloud.clock.now();
  await cloud.clock.advance("15 minutes");
  expect(await cloud.clock.now()).toBe(before + 900_000);
  await cloud.clock.advanceTo(new Date(before + 3_600_000));
  expect(await cloud.clock.now()).toBe(before + 3_600_000);
  await expect(cloud.clock.advanceTo(new Date(before).toISOString())).rejects.toThrow("The clock cannot go back to");
  await cloud.clock.release();
  await cloud.settle();
});

test("faults", async ({ cloud, aws, stack }) => {
  await cloud.faults.next("sqs:SendMessage", "UnsupportedOperation");
  const message = { QueueUrl: stack.outputs.QueueUrl, MessageBody: "x" };
  await expect(aws.sqs.sendMessage(message)).rejects.toThrow(expect.objectContaining({ name: "UnsupportedOperation" }));
  await aws.sqs.sendMessage(message);
  await expect(cloud.faults.next("sqs:Nothing", "X")).rejects.toThrow("sqs:Nothing");
  await cloud.faults.throttle("sqs:ListQueues", 1);
  await cloud.faults.latency("sqs:*", 1, { times: 3 });
  expect((await cloud.faults.list()).map(({ action }) => action)).toEqual(["sqs:ListQueues", "sqs:*"]);
  await cloud.faults.clear();
  expect(await cloud.faults.list()).toEqual([]);
});

let dropped;
test("forks", async ({ cloud, aws, stack }) => {
  await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: "both", Body: "x" });
  const other = await cloud.fork();
  dropped = [cloud.endpoint, other.endpoint];
  await other.aws.s3.putObject({ Bucket: other.stack.outputs.Bucket, Key: "other", Body: "x" });
  const keys = async (world) => (await world.aws.s3.listObjectsV2({ Bucket: stack.outputs.Bucket })).Contents.map(({ Key }) => Key);
  expect(await keys(other)).toEqual(["both", "other"]);
  expect(await keys(cloud)).toEqual(["both"]);
  expect(new URL(other.stack.outputs.QueueUrl).port).toBe(String(other.port));
  expect(await cloud.bugs()).toEqual([]);
});

test("forks are gone with their test", async () => {
  expect(dropped).toHaveLength(2);
  for (const endpoint of dropped) await expect(fetch(endpoint + "/_hangar/health")).rejects.toThrow("fetch failed");
});
`,
    },
    process.env,
  );
  const { code, said, report } = await project.vitest();
  expect(Object.values(outcomes(report)), said).toEqual(Array(7).fill("passed"));
  expect(code).toBe(0);
});

test("a failing test shows what its world denied, below what led to it", async () => {
  project = sampleProject(
    {
      "denied.test.js": `
import { test, expect } from "hangar/vitest";
test("the writer writes", async ({ aws, stack }) => {
  const { FunctionError } = await aws.lambda.invoke({ FunctionName: stack.outputs.Writer });
  expect(FunctionError).toBe(undefined);
});
test("nothing failed but the test", async ({ aws, stack }) => {
  await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: "left", Body: "x" });
  expect(1).toBe(2);
});
test("passes", async ({ aws }) => {
  await expect(aws.sqs.getQueueUrl({ QueueName: "none" })).rejects.toThrow();
});
`,
    },
    process.env,
  );
  const { code, said, report } = await project.vitest();
  expect(outcomes(report), said).toEqual({
    "the writer writes": "failed",
    "nothing failed but the test": "failed",
    passes: "passed",
  });
  expect(code).toBe(1);
  const [results] = report.testResults;
  const [denied = "", quiet = ""] = results?.assertionResults.flatMap(({ failureMessages }) => failureMessages) ?? [];
  expect(denied).toMatch(
    /What failed in this test's world:\n {2}s3:PutObject {2}as arn:aws:sts::000000000000:assumed-role\/Photos-Role.* \[denied\]\n/,
  );
  expect(denied).toMatch(/\n {4}x AccessDenied: .*s3:PutObject.*\n {4}denied: Missing in .*\n {4}with \{ Bucket: /);
  expect(denied).toMatch(/\n {2}lambda:Invoke\n {4}Photos-Writer.*\n(.*\n)+ {6}s3:PutObject .* {2}<- this/);
  expect(quiet).toContain("In this test's world no call failed (calls: 1).");
  expect(said).toContain("What failed in this test's world:");
  const { said: access } = await project.hangar(["access", "report"]);
  expect(access).toContain("The run failed: what its failing tests would have used is missing here.");
  expect(access).toMatch(/Photos-Role\S*\n {2}denied\n {4}s3:PutObject \(once\)\n/);
  const kept = readdirSync(join(project.path, ".hangar", "failed"));
  expect(kept).toEqual([expect.stringMatching(/nothing-failed/), expect.stringMatching(/the-writer-writes/)]);
  const folder = join(".hangar", "failed", kept[0] ?? "");
  expect(quiet).toContain(`To look at it: npx hangar start --snapshot ${folder}`);
  expect(project.read(join(folder, "trace.txt"))).toContain("s3:PutObject");
  // Its functions run, its bucket has what the test left, its time stands still.
  await using cloud = await startCloud({ snapshot: join(project.path, folder) });
  const { Buckets = [] } = await new S3(cloud.clientConfig()).listBuckets({});
  const [Bucket] = Buckets.flatMap(({ Name = "" }) => (Name.startsWith("photos-") ? [Name] : []));
  const { Contents = [] } = await new S3(cloud.clientConfig()).listObjectsV2({ Bucket });
  expect(Contents.map(({ Key }) => Key)).toEqual(["left"]);
  const now = cloud.clock.now();
  const { Functions = [] } = await new Lambda(cloud.clientConfig()).listFunctions({});
  const echo = Functions.find(({ FunctionName = "" }) => FunctionName.includes("Echo"))?.FunctionName;
  const { Payload } = await new Lambda(cloud.clientConfig()).invoke({
    FunctionName: echo,
    Payload: '{"rawPath":"/x"}',
  });
  expect(Buffer.from(Payload ?? []).toString()).toBe('{"statusCode":200,"body":"/x"}');
  expect(cloud.clock.now()).toBe(now);
  // The test passes now: its failed world goes.
  project.write("denied.test.js", project.read("denied.test.js").replace("expect(1).toBe(2)", ""));
  await project.vitest();
  expect(readdirSync(join(project.path, ".hangar", "failed"))).toEqual([kept[1]]);
});

test("an app that does not deploy stops the run with CloudFormation's reason", async () => {
  const Properties = { QueueName: "not a name" };
  const template = { Resources: { Bad: { Type: "AWS::SQS::Queue", Properties } } };
  project = sampleProject(
    {
      "assembly/Photos.template.json": JSON.stringify(template),
      "a.test.js": `import { test } from "hangar/vitest"; test("never", ({ cloud }) => {});`,
    },
    process.env,
  );
  const { code, said } = await project.vitest().catch((error: unknown) => ({ code: 1, said: String(error) }));
  expect(code).toBe(1);
  expect(said).toContain("Photos: ROLLBACK_COMPLETE");
  expect(said).toContain("Bad (AWS::SQS::Queue)");
});
