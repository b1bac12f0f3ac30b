// A hundred forks alive at once, asked by eight other processes at the same time: each request sees its own fork's data only.

import { spawn, type ChildProcess } from "node:child_process";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { startCloud } from "../index.ts";

const PROCESSES = 8;
const FORKS = 100;

/** Says how many forks it has; told to go on, asks them all at once, and says what was not as it should be. */
const CLIENT = `
import { request } from "node:http";
const [endpoint, first, count] = process.argv.slice(1);
const port = new URL(endpoint).port;
const send = (to, path, headers, body) => new Promise((done, fail) => {
  const call = request({ host: "127.0.0.1", port: to, method: "POST", path, headers }, async (answer) => {
    let text = "";
    for await (const chunk of answer) text += chunk;
    answer.statusCode === 200 ? done(JSON.parse(text || "{}")) : fail(new Error(answer.statusCode + " " + text));
  });
  call.once("error", fail);
  call.end(JSON.stringify(body));
});
const scope = "Credential=foo/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=00";
const signed = { authorization: "AWS4-HMAC-SHA256 " + scope, "x-amz-date": "20260101T000000Z", "content-type": "application/x-amz-json-1.0" };
const indexes = Array.from({ length: Number(count) }, (_, at) => Number(first) + at);
const forks = await Promise.all(indexes.map((index) => send(port, "/_hangar/forks", {}, { name: "n" + index })));
console.log("open " + forks.length);
await new Promise((go) => process.stdin.once("data", go));
const wrong = [];
await Promise.all(forks.map(async (fork) => {
  // By its port and by its name in turns.
  let turn = 0;
  const call = (operation, input) => {
    const byName = (turn += 1) % 2 === 0;
    const headers = { ...signed, "x-amz-target": "AmazonSQS." + operation, ...(byName ? { host: new URL(fork.url).host } : {}) };
    return send(byName ? port : fork.port, "/", headers, input);
  };
  const QueueUrl = "http://127.0.0.1/000000000000/jobs";
  for (let round = 0; round < 5; round += 1) {
    const mine = fork.name + " " + round;
    await call("SendMessage", { QueueUrl, MessageBody: mine });
    await call("CreateQueue", { QueueName: fork.name + "-" + round });
    const { Messages = [] } = await call("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    const { QueueUrls } = await call("ListQueues", {});
    const bodies = Messages.map(({ Body }) => Body);
    const names = QueueUrls.map((url) => url.split("/").at(-1));
    const expected = ["jobs", ...Array.from({ length: round + 1 }, (_, at) => fork.name + "-" + at)];
    if (bodies.join() !== mine || names.join() !== expected.join()) wrong.push({ fork: fork.name, round, bodies, names });
  }
}));
console.log("done " + JSON.stringify(wrong));
process.stdin.destroy();
`;

/** The first line that begins so, without its beginning. */
function said(child: ChildProcess, beginning: string): Promise<string> {
  let text = "";
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => fail(new Error(`A client ended with ${code}: ${text}`)));
    child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split("\n").find((each, at, lines) => each.startsWith(beginning) && at < lines.length - 1);
      if (line !== undefined) done(line.slice(beginning.length));
    });
  });
}

test("a hundred forks, eight client processes", async () => {
  await using cloud = await startCloud();
  const sqs = new SQSClient(cloud.clientConfig());
  await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  const clients = Array.from({ length: PROCESSES }, (_each, at) => {
    const [first, next] = [at, at + 1].map((index) => Math.round((index * FORKS) / PROCESSES));
    const words = [cloud.endpoint, String(first), String((next ?? 0) - (first ?? 0))];
    return spawn(process.execPath, ["--input-type=module", "--eval", CLIENT, ...words]);
  });
  try {
    const open = clients.map((client) => said(client, "open "));
    const done = clients.map((client) => said(client, "done "));
    const counts = (await Promise.all(open)).map(Number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(FORKS);
    const listed = (await (await fetch(`${cloud.endpoint}/_hangar/forks`)).json()) as { forks: { name: string }[] };
    expect(new Set(listed.forks.map(({ name }) => name)).size).toBe(FORKS);
    for (const client of clients) client.stdin.write("go\n");
    expect(await Promise.all(done)).toEqual(clients.map(() => "[]"));
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
    expect(QueueUrls).toHaveLength(1);
    expect(cloud.bugs).toEqual([]);
  } finally {
    for (const client of clients) client.kill();
  }
});
