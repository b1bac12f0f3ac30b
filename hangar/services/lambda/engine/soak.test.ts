// Hours of schedules and queues that call functions of Node and Python, some of which die: nothing is left over.

import { readdirSync, readFileSync } from "node:fs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { AddPermissionCommand, CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logOf, makeFunction, startLambdaCloud, type LambdaCloud } from "./test-cloud.ts";

/** `npm run test:soak` has a whole day. */
const HOURS = Number(process.env["HANGAR_SOAK"] ?? 2);
/** MB of a Node process: that of the function that dies is there at the end of one hour and not at that of another. */
const NODE = 60;

let at: LambdaCloud;
let events: EventBridgeClient;
beforeAll(async () => {
  at = await startLambdaCloud("soak");
  events = new EventBridgeClient(at.cloud.clientConfig());
});
afterAll(async () => {
  expect(at.cloud.bugs).toEqual([]);
  await at.cloud.close();
});

type Held = {
  readonly processes: number;
  readonly descriptors: number;
  readonly memory: number;
  readonly theirs: number;
};

/** What this process has, and the processes below it (`theirs` is their memory); MB. */
function held(): Held {
  const below = new Set([process.pid]);
  let theirs = 0;
  // Parents have lower numbers, unless these began again.
  const all = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);
  for (const pid of all.sort((one, other) => one - other)) {
    const status = read(`/proc/${pid}/status`);
    if (!below.has(Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]))) continue;
    below.add(pid);
    theirs += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  }
  const memory = process.memoryUsage().rss / 1024 / 1024;
  return { processes: below.size - 1, descriptors: readdirSync("/proc/self/fd").length, memory, theirs };
}

/** Once the processes stand still: one that has only just begun has yet to load most of what it weighs. */
async function settled(): Promise<Held> {
  let before = held();
  const isStill = (): boolean => {
    const now = held();
    const still = now.processes === before.processes && Math.abs(now.theirs - before.theirs) < 1;
    before = now;
    return still;
  };
  await expect.poll(isStill, { interval: 200 }).toBe(true);
  return before;
}

/** Empty for a process that ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

async function schedule(rule: string, expression: string, targets: readonly string[]): Promise<void> {
  const { RuleArn } = await events.send(new PutRuleCommand({ Name: rule, ScheduleExpression: expression }));
  for (const FunctionName of targets.filter((arn) => arn.includes(":function:"))) {
    const permission = { StatementId: rule, Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" };
    await at.lambda.send(new AddPermissionCommand({ FunctionName, ...permission, SourceArn: RuleArn }));
  }
  const Targets = targets.map((Arn, index) => ({ Id: String(index), Arn }));
  await events.send(new PutTargetsCommand({ Rule: rule, Targets }));
}

const reports = async (name: string): Promise<number> =>
  (await logOf(at, name)).filter((line) => line.startsWith("REPORT")).length;
const starts = async (name: string): Promise<number> =>
  (await logOf(at, name)).filter((line) => line.startsWith("INIT_START")).length;

test(
  `${HOURS} hours of schedules and a queue leak no process, descriptor or memory`,
  { timeout: 600_000 },
  async () => {
    const arn = (name: string): string => `arn:aws:lambda:us-east-1:${at.cloud.account}:function:${name}`;
    const queue = `arn:aws:sqs:us-east-1:${at.cloud.account}:work`;
    const statement = { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage" };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, Resource: queue }] });
    await new SQSClient(at.cloud.clientConfig()).send(
      new CreateQueueCommand({ QueueName: "work", Attributes: { Policy } }),
    );
    await makeFunction(at, "ticks", { "index.mjs": "export const handler = async () => process.pid;" });
    const python = { Runtime: "python3.13", Handler: "index.handler" } as const;
    await makeFunction(
      at,
      "works",
      { "index.py": "def handler(event, context): return len(event['Records'])" },
      python,
    );
    await makeFunction(at, "dies", { "index.mjs": "export const handler = async () => process.exit(1);" });
    await at.lambda.send(
      new CreateEventSourceMappingCommand({ FunctionName: "works", EventSourceArn: queue, BatchSize: 10 }),
    );
    await schedule("minutely", "rate(1 minute)", [arn("ticks"), queue]);
    await schedule("often", "cron(0/10 * * * ? *)", [arn("dies")]);
    const hours: Held[] = [];
    for (let hour = 0; hour < HOURS; hour += 1) {
      await at.cloud.clock.advance("1 hour");
      hours.push(await settled());
    }
    console.info(table(hours));
    const first = hours[0] as Held;
    expect(await reports("ticks")).toBe(60 * HOURS);
    expect(await reports("works")).toBe(60 * HOURS);
    expect(await starts("ticks")).toBe(1);
    // Each event is tried three times; of the last one the retries may still be to come.
    expect(await reports("dies")).toBeGreaterThanOrEqual(18 * HOURS - 2);
    await expect.poll(() => held().processes).toBeLessThanOrEqual(first.processes);
    await expect.poll(() => held().descriptors).toBeLessThanOrEqual(first.descriptors);
    // Logs of all invocations are kept, and are meant to be.
    expect(held().memory - first.memory).toBeLessThan(5 * HOURS + 40);
    expect((await settled()).theirs - first.theirs).toBeLessThan(40 + NODE);
  },
);

function table(hours: readonly Held[]): string {
  const row = ({ processes, descriptors, memory, theirs }: Held, index: number): string =>
    `hour ${index + 1}: ${processes} processes, ${descriptors} descriptors, ${memory.toFixed(0)} MB here, ${theirs.toFixed(0)} MB in them`;
  return hours.map(row).join("\n");
}
