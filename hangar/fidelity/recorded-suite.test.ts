// A suite's recording, as users attach it to a bug: recorded, read and compared by the commands themselves.

import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRecording } from "../comparison/recording.ts";
import { sampleProject } from "../vitest/sample-project.ts";

const PASSWORD = "correct-horse-battery";

const suite = `
import { S3 } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { expect, test } from "hangar/vitest";

test("bytes, streams and errors", async ({ aws, cloud, stack }) => {
  const Bucket = stack.outputs.Bucket;
  await aws.s3.putObject({ Bucket, Key: "small", Body: "a text with " + process.env.DB_PASSWORD });
  const long = Buffer.alloc(100_000, "x");
  await aws.s3.putObject({ Bucket, Key: "long", Body: Readable.from([long]), ContentLength: long.length });
  const { Body } = await aws.s3.getObject({ Bucket, Key: "long" });
  expect((await Body.transformToByteArray()).length).toBe(long.length);
  await expect(aws.s3.getObject({ Bucket, Key: "none" })).rejects.toMatchObject({ name: "NoSuchKey" });
  const own = new S3(cloud.clientConfig());
  expect((await own.listObjectsV2({ Bucket })).KeyCount).toBe(2);
});

test("messages and requests", async ({ aws, stack }) => {
  const { QueueUrl, EchoUrl } = stack.outputs;
  await aws.sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify({ order: crypto.randomUUID() }) });
  const { Messages } = await aws.sqs.receiveMessage({ QueueUrl });
  expect(Messages).toHaveLength(1);
  const answer = await fetch(EchoUrl + "hello?token=" + process.env.DB_PASSWORD, { headers: { authorization: "Bearer " + process.env.DB_PASSWORD } });
  expect(await answer.text()).toBe("/hello");
});
`;

const project = sampleProject({ "calls.test.js": suite }, process.env);
const run = (...words: string[]): ReturnType<typeof project.hangar> =>
  project.hangar(words, { DB_PASSWORD: PASSWORD, AWS_SESSION_TOKEN: "a-token-of-this-machine" });
const folder = join(project.path, "recorded");

beforeAll(async () => {
  const { code, said } = await run("test", "--config", "vitest.config.js", "--record", "recorded");
  expect(code, said).toBe(0);
});
afterAll(() => project.remove());

function callsOf(test: string): readonly unknown[] {
  return readRecording(folder).tests.get(`calls.test.js > ${test}`)?.calls ?? [];
}

test("every call of the suite's clients and its own requests are there, in order", () => {
  const digest = { "<sha256>": expect.stringMatching(/^[0-9a-f]{64}$/) as string, "<length>": 100_000 };
  expect(callsOf("bytes, streams and errors")).toMatchObject([
    {
      call: 1,
      service: "s3",
      operation: "PutObject",
      input: { Key: "small", Body: "a text with <Secret:1>" },
      status: 200,
    },
    { call: 2, service: "s3", operation: "PutObject", input: { Key: "long", Body: digest }, status: 200 },
    { call: 3, service: "s3", operation: "GetObject", output: { Body: digest, ContentLength: 100_000 } },
    { call: 4, service: "s3", operation: "GetObject", error: { code: "NoSuchKey" }, status: 404 },
    { call: 5, service: "s3", operation: "ListObjectsV2", output: { KeyCount: 2 } },
  ]);
  expect(callsOf("messages and requests")).toMatchObject([
    {
      service: "sqs",
      operation: "SendMessage",
      input: { QueueUrl: "<QueueUrl:1>", MessageBody: { "<json>": { order: "<Uuid:1>" } } },
    },
    {
      service: "sqs",
      operation: "ReceiveMessage",
      output: { Messages: [{ Body: { "<json>": { order: "<Uuid:1>" } } }] },
    },
    {
      service: "http",
      operation: "GET",
      input: { headers: { authorization: expect.stringMatching(/^<authorization:1>$/) as string } },
      output: { body: "/hello" },
    },
  ]);
});

test("nothing of this machine is in the folder", () => {
  const files = globSync("*", { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8"));
  for (const secret of [PASSWORD, Buffer.from(PASSWORD).toString("base64"), "a-token-of-this-machine", project.path])
    expect(files.filter((text) => text.includes(secret))).toEqual([]);
});

test("run again, nothing differs", async () => {
  const { code, said } = await run("compare", "recorded");
  expect(code, said).toBe(0);
  expect(said).toContain("2 tests and 8 calls compared: no difference.\n");
  expect(said).toContain("To attach to a bug: .hangar/comparison.md\n");
});

test("what another cloud answered otherwise is said by call and field", async () => {
  for (const file of globSync("*.jsonl", { cwd: folder })) {
    const text = readFileSync(join(folder, file), "utf8");
    writeFileSync(
      join(folder, file),
      text.replace('"KeyCount":2', '"KeyCount":3').replace('"NoSuchKey"', '"NoSuchObject"'),
    );
  }
  const { code, said } = await run("compare", "recorded", ".hangar/comparison");
  expect(code, said).toBe(1);
  expect(said).toContain(`calls.test.js > bytes, streams and errors
  call 4, s3:GetObject
    error.code: "NoSuchObject" was recorded, ours is "NoSuchKey"
  call 5, s3:ListObjectsV2
    output.KeyCount: 3 was recorded, ours is 2

2 tests and 8 calls compared: 2 differences.
`);
  expect(project.read(".hangar/comparison.md")).toContain("- recorded on: embedded\n");
  const { said: json } = await run("compare", "recorded", ".hangar/comparison", "--json");
  expect(JSON.parse(json.slice(0, json.lastIndexOf("}") + 1))).toMatchObject({
    tests: 2,
    differences: [{ path: "error.code" }, { path: "output.KeyCount", recorded: 3, ours: 2 }],
  });
});

test("a folder that is no recording is not written to, or read", async () => {
  project.write("other/mine.txt", "x");
  expect(await run("test", "--config", "vitest.config.js", "--record", "other")).toMatchObject({
    code: 1,
    said: expect.stringContaining("other is not empty, and no recording.") as string,
  });
  expect(await run("compare", "other")).toMatchObject({
    code: 1,
    said: expect.stringContaining("other is no recording: it has no recording.json.") as string,
  });
});
