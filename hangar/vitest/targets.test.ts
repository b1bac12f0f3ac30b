// The fixtures on a target without forks, clock, faults and trace: a cloud that stands where LocalStack would be.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startCloud } from "../index.ts";
import { sampleProject } from "./sample-project.ts";

const suite = `
import { test, expect } from "hangar/vitest";

for (const [name, use] of Object.entries({
  "needs the clock": (cloud) => cloud.needs("endpoint", "clock"),
  "moves the clock": (cloud) => cloud.clock.advance("1 minute"),
  "asks for a fault": (cloud) => cloud.faults.next("sqs:SendMessage", "UnsupportedOperation"),
  "forks": (cloud) => cloud.fork(),
  "reads the trace": (cloud) => cloud.trace.spans(),
  "needs cognito-idp": (cloud) => cloud.needs("cognito-idp"),
}))
  test(name, async ({ cloud }) => {
    await use(cloud);
    expect("never").toBe("reached");
  });

test("expects a fault to be refused", async ({ cloud }) => {
  await expect(cloud.faults.next("sqs:SendMessage", "NoSuchBucket")).rejects.toThrow("AWS never answers");
});

test("shares the world", async ({ cloud, stack, aws }) => {
  expect(cloud.target).toBe("localstack");
  expect(cloud.endpoint).toBe(process.env.SHARED);
  cloud.needs("endpoint", "init scripts");
  await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: "shared", Body: "x" });
  expect(new URL(stack.outputs.QueueUrl).origin).toBe(cloud.endpoint);
});

test("asks until it no longer throws", async ({ cloud, stack, aws }) => {
  let times = 0;
  const until = async () => {
    times += 1;
    const { Contents } = await aws.s3.listObjectsV2({ Bucket: stack.outputs.Bucket, Prefix: "late" });
    if (times === 2) await aws.s3.putObject({ Bucket: stack.outputs.Bucket, Key: "late", Body: "x" });
    expect(Contents).toHaveLength(1);
    return Contents[0].Key;
  };
  expect(await cloud.settle({ until })).toBe("late");
  expect(times).toBe(3);
});

test("waits for queues and logs", async ({ aws, cloud, stack }) => {
  const { QueueUrl } = stack.outputs;
  await aws.sqs.sendMessage({ QueueUrl, MessageBody: "x" });
  await aws.lambda.invoke({ FunctionName: stack.outputs.Writer });
  const early = cloud.settle({ within: 300 });
  await expect(early).rejects.toThrow(/^Not settled on localstack within 300 ms: queue Photos-Jobs.*: 1 waiting[^]*aws.lambda.Photos-Writer.*: may still write, [45].[0-9] s of the 5.0 s of silence to go$/);
  const { Messages } = await aws.sqs.receiveMessage({ QueueUrl });
  await expect(cloud.settle(1)).rejects.toThrow(": 1 in flight");
  await aws.sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle });
  const began = Date.now();
  await cloud.settle();
  expect(Date.now() - began).toBeGreaterThan(4900);
});

test("says what is pending", async ({ aws, cloud, stack }) => {
  const idle = cloud.settle({ within: 1, until: () => expect(1).toBe(2) });
  await expect(idle).rejects.toThrow(/^Not settled on localstack within 1 ms: expected 1 to be 2.*$/s);
  await expect(idle).rejects.not.toThrow("Photos-Writer");
  await aws.lambda.invoke({ FunctionName: stack.outputs.Writer });
  const until = () => expect(1).toBe(2);
  await expect(cloud.settle({ within: "1 second", until })).rejects.toThrow(
    /^Not settled on localstack within 1 second: expected 1 to be 2[^]*Photos-Writer.*: wrote [0-4].[0-9] s ago$/,
  );
  expect(() => cloud.needs("clocks")).toThrow('No target knows "clocks". There are: access logs,');
});
`;

const project = sampleProject({ "shared.test.js": suite }, process.env);
afterAll(() => project.remove());

test("what a target lacks skips the test with the reason; all else works on the shared world", async () => {
  await using cloud = await startCloud();
  const [deployed] = await cloud.deploy(join(project.path, "assembly"));
  const { requestHandler: _, ...clients } = cloud.clientConfig();
  const { endpoint, account, region } = cloud;
  const { QueueUrl = "", Writer = "" } = deployed?.outputs ?? {};
  const watched = { queues: [QueueUrl], logGroups: [`/aws/lambda/${Writer}`] };
  const target = { name: "localstack", endpoint, account, region, clients, watched };
  const file = join(project.path, "target.json");
  writeFileSync(file, JSON.stringify({ ...target, stacks: { Photos: deployed?.outputs } }));
  const { code, said, report } = await project.vitest({ HANGAR_TARGET_FILE: file, SHARED: endpoint });
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(Object.fromEntries(results.map(({ title, status }) => [title, status])), said).toEqual({
    "needs the clock": "skipped",
    "moves the clock": "skipped",
    "asks for a fault": "skipped",
    "expects a fault to be refused": "skipped",
    forks: "skipped",
    "reads the trace": "skipped",
    "needs cognito-idp": "skipped",
    "shares the world": "passed",
    "asks until it no longer throws": "passed",
    "waits for queues and logs": "passed",
    "says what is pending": "passed",
  });
  expect(code).toBe(0);
  const lines = said.replaceAll(/ \d+ms \[/g, " [");
  for (const [name, reason] of [
    ["needs the clock", "LocalStack's time cannot be moved"],
    ["moves the clock", "LocalStack's time cannot be moved"],
    ["asks for a fault", "LocalStack fails no call on request"],
    ["expects a fault to be refused", "LocalStack fails no call on request"],
    ["forks", "all tests share LocalStack's one world"],
    ["reads the trace", "LocalStack keeps no trace of a test"],
    ["needs cognito-idp", "LocalStack community has no cognito-idp"],
  ])
    expect(lines).toContain(`${name} [${reason}]`);
});
