// `hangar clock`, `trace` and `status` speak to the instance that this folder's locator names, or to a fork of it.

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Span } from "../kernel/trace.ts";
import type { Instance } from "./instance.ts";
import { folderWith, type Folder } from "./test-process.ts";

let here: Folder;
let endpoint: string;
let started: Awaited<ReturnType<Folder["start"]>>;
beforeAll(async () => {
  here = folderWith();
  started = await here.start("start", "--port", "0", "--json");
  ({ endpoint } = JSON.parse(started.line) as Instance);
});
afterAll(async () => {
  started.child.kill("SIGTERM");
  await started.ended();
  here.remove();
});

async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${endpoint}/_hangar/${path}`, { method: "POST", body: JSON.stringify(body) });
  return answer.json();
}

async function clock(...words: string[]): Promise<{ now: number; mode: string }> {
  const { stdout, stderr, code } = await here.hangar("clock", ...words, "--json");
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as { now: number; mode: string };
}

test("clock: held, moved by a length and to a date, released; a fork's is its own", async () => {
  const held = await clock("hold");
  expect(held.mode).toBe("held");
  expect(await clock("advance", "15", "minutes")).toEqual({ mode: "held", now: held.now + 900_000 });
  await post("forks", { name: "later" });
  const date = "2099-01-01T00:00:00.000Z";
  expect(await clock("to", date, "--fork", "later")).toEqual({ mode: "held", now: Date.parse(date) });
  expect((await here.hangar("clock", "--fork", "later")).stdout).toBe(`${date} (held: it moves only when told)\n`);
  expect((await clock()).now).toBe(held.now + 900_000);
  expect((await clock("release")).mode).toBe("live");
  const { stdout } = await here.hangar("status");
  expect(stdout).toMatch(/^Forks:\n {2}later = http:\/\/127\.0\.0\.1:\d+$/m);
});

test.each([
  [["advance"], 2, /^Say: hangar clock show \| advance LENGTH/],
  [["show", "now"], 2, /^Say: hangar clock/],
  [["stop"], 2, /^There is no "clock stop"/],
  [["advance", "soon"], 1, /^Not a duration: "soon"/],
  [["to", "2001-01-01"], 1, /^The clock cannot go back to 2001/],
  [["show", "--fork", "none"], 1, /^There is no fork "none"\.\n$/],
])("clock %j is refused", async (words, code, message) => {
  const done = await here.hangar("clock", ...words);
  expect(done).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(message) as string });
});

test("trace: as a tree, as spans, as OpenTelemetry, and as it happens", async () => {
  await post("call", { service: "sqs", operation: "CreateQueue", input: { QueueName: "jobs" } });
  expect((await here.hangar("trace")).stdout).toMatch(/^sqs:CreateQueue by root/m);
  const spans = JSON.parse((await here.hangar("trace", "--json")).stdout) as Span[];
  expect(spans.map(({ name }) => name)).toContain("sqs:CreateQueue");
  expect(JSON.parse((await here.hangar("trace", "--otlp")).stdout)).toHaveProperty("resourceSpans");
  expect(await here.hangar("trace", "--otlp", "--follow")).toMatchObject({ code: 2 });
  const following = here.start("trace", "--follow");
  // It tells what happens from its start on, whenever that is.
  const asking = new AbortController();
  const asked = (async () => {
    while (!asking.signal.aborted) await post("call", { service: "sqs", operation: "ListQueues" });
  })();
  const { line, child, ended } = await following;
  asking.abort();
  await asked;
  child.kill("SIGTERM");
  await ended();
  expect(line).toMatch(/^\d{4}-\S+Z call sqs:ListQueues \d+\.\d ms$/);
});
