// What time it is in a handler: the host's, or the world's for functions that ask for it.

import { InvokeCommand, LambdaClient, TagResourceCommand } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud, type ForkedCloud, type RunningCloud } from "../../../index.ts";
import { makeFunction, run, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

let at: LambdaCloud;
beforeEach(async () => {
  at = await startLambdaCloud("world-clock");
});
afterEach(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

const WORLD = { Tags: { "hangar:clock": "world" }, Timeout: 30 };
const NODE = {
  "index.mjs": `import { types } from "node:util";
const loaded = Date.now();
class Day extends Date {}
export const handler = async ({ wait = 0 }, context) => {
  const before = Date.now();
  const start = performance.now();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait));
  return {
    process: process.pid,
    loaded,
    now: before,
    elapsed: Date.now() - before - Math.floor(performance.now() - start),
    all: [new Date().getTime(), new Day().getTime(), Date.parse(Date()), new Date(Date.now()).getTime()],
    fixed: [new Date(5).getTime(), Date.UTC(1970, 0, 1), new Date("1970-01-02").getTime(), new Date(1970, 0, 3).getTime()],
    kinds: [new Date() instanceof Date, types.isDate(new Date()), new Date().constructor === Date, new Day() instanceof Day, Date.name, Date.length],
    left: context.getRemainingTimeInMillis(),
  };
};`,
};
const PYTHON = {
  "index.py": `import datetime, time
from datetime import datetime as named, date, timezone
loaded = time.time()
class Own(named):
    pass
def handler(event, context):
    made = named(2020, 1, 2)
    return {
        "process": 0,
        "loaded": int(loaded * 1000),
        "now": int(time.time() * 1000),
        "all": [int(each * 1000) for each in (
            time.time_ns() / 1e9,
            datetime.datetime.now().timestamp(),
            named.now(timezone.utc).timestamp(),
            named.utcnow().replace(tzinfo=timezone.utc).timestamp(),
            time.mktime(time.localtime()),
        )],
        "today": date.today().isoformat() == named.utcnow().date().isoformat() == time.strftime("%Y-%m-%d"),
        "kinds": [isinstance(made, date), isinstance(made.date(), date), isinstance(made, named), isinstance(made + datetime.timedelta(days=1), named), isinstance(made, Own), made.isoformat() == "2020-01-02T00:00:00"],
        "left": context.get_remaining_time_in_millis(),
    }`,
};

type Answer = {
  readonly process: number;
  readonly loaded: number;
  readonly now: number;
  readonly elapsed: number;
  readonly all: readonly number[];
  readonly fixed: readonly number[];
  readonly kinds: readonly unknown[];
  readonly today: boolean;
  readonly left: number;
};

const ask = async (name: string, event = {}): Promise<Answer> => (await run(at, name, event)).json as Answer;

describe("a Node function", () => {
  test("has the host's time, whatever the world's", async () => {
    await makeFunction(at, "plain", NODE);
    await at.cloud.clock.advance("30 days");
    const before = Date.now();
    const { now, all } = await ask("plain");
    for (const time of [now, ...all.slice(0, 2)]) {
      expect(time).toBeGreaterThanOrEqual(before);
      expect(time).toBeLessThanOrEqual(Date.now());
    }
  });

  test("that asks for the world's has it, from its modules on, in every form", async () => {
    await makeFunction(at, "asks", NODE, WORLD);
    await at.cloud.clock.advance("30 days");
    const before = at.cloud.clock.now() - 1;
    const answer = await ask("asks", { wait: 20 });
    const after = at.cloud.clock.now() + 1;
    // Date() has whole seconds.
    for (const time of [answer.loaded, answer.now, ...answer.all]) expect(time).toBeGreaterThan(before - 1000);
    for (const time of [answer.loaded, answer.now, ...answer.all]) expect(time).toBeLessThanOrEqual(after);
    expect(Math.abs(answer.elapsed)).toBeLessThanOrEqual(2);
    expect(answer.fixed).toEqual([5, 0, 86_400_000, 172_800_000]);
    expect(answer.kinds).toEqual([true, true, true, true, "Date", 7]);
    expect(answer.left).toBeGreaterThan(1000);
    expect(answer.left).toBeLessThanOrEqual(30_000);
  });

  test("is told the time of a held clock at each invocation", async () => {
    await makeFunction(at, "held", NODE, WORLD);
    at.cloud.clock.hold();
    const start = at.cloud.clock.now();
    for (const hours of [0, 1, 49]) {
      await at.cloud.clock.advanceTo(start + hours * 3_600_000);
      const { now } = await ask("held");
      expect(now - at.cloud.clock.now()).toBeGreaterThanOrEqual(0);
      expect(now - at.cloud.clock.now()).toBeLessThan(5000);
    }
  });

  test("that serves one fork after another has the time of each", async () => {
    await makeFunction(at, "shared", NODE, WORLD);
    const inFork = async (days: number): Promise<{ readonly process: number; readonly ahead: number }> => {
      const fork = at.cloud.fork();
      await fork.clock.advance(`${days} days`);
      const answer = await askFork(fork, "shared");
      const ahead = answer.now - fork.clock.now();
      fork.dispose();
      return { process: answer.process, ahead };
    };
    const first = await inFork(10);
    const second = await inFork(3);
    expect(second.process).toBe(first.process);
    for (const { ahead } of [first, second]) expect(Math.abs(ahead)).toBeLessThan(5000);
  });

  test("makes its calls by that time", async () => {
    const code = `import { SQSClient, CreateQueueCommand } from "@aws-sdk/client-sqs";
export const handler = async () => (await new SQSClient({}).send(new CreateQueueCommand({ QueueName: "made" }))).QueueUrl;`;
    await makeFunction(at, "caller", { "index.mjs": code }, WORLD);
    for (const by of ["1 day", "365 days"]) {
      await at.cloud.clock.advance(by);
      expect((await run(at, "caller")).json).toMatch(/\/made$/);
    }
  });
});

async function askFork(fork: ForkedCloud, FunctionName: string): Promise<Answer> {
  const lambda = new LambdaClient({ ...fork.clientConfig(), maxAttempts: 1 });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Payload?.transformToString() ?? "") as Answer;
}

test("a setting gives all functions the world's time, but for those tagged to keep the host's", async () => {
  await makeFunction(at, "all", NODE);
  const fork = at.cloud.fork("later", { lambdaClock: "world" });
  await fork.clock.advance("30 days");
  const days = async (): Promise<number> => Math.round(((await askFork(fork, "all")).now - Date.now()) / 86_400_000);
  expect(await days()).toBe(30);
  const FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:all";
  const own = new LambdaClient(fork.clientConfig());
  await own.send(new TagResourceCommand({ Resource: FunctionArn, Tags: { "hangar:clock": "host" } }));
  expect(Math.abs(await days())).toBe(0);
});

test("a Python function that asks for the world's time has it in every form", async () => {
  await makeFunction(at, "python", PYTHON, { ...WORLD, Runtime: "python3.12" });
  for (const by of ["30 days", "3 days"]) {
    await at.cloud.clock.advance(by);
    const before = at.cloud.clock.now() - 1;
    const answer = await ask("python");
    expect(answer).toMatchObject({ today: true, kinds: [true, true, true, true, false, true] });
    for (const time of [answer.now, ...answer.all]) expect(time).toBeGreaterThan(before - 1000);
    for (const time of [answer.now, ...answer.all]) expect(time).toBeLessThanOrEqual(at.cloud.clock.now() + 1);
    expect(answer.left).toBeGreaterThan(1000);
    expect(answer.left).toBeLessThanOrEqual(30_000);
  }
});

test("a cloud is started with the setting", async () => {
  const own: RunningCloud = await startCloud({ lambdaClock: "world", isolation: "fresh" });
  await using _close = own;
  expect(await (await fetch(`${own.endpoint}/_hangar/functions`)).json()).toMatchObject({
    lambdaClock: "world",
    isolation: "fresh",
  });
});
