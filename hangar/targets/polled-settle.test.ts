// Waiting for an account to be quiet: more log groups than AWS answers for in a second.

import { join } from "node:path";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { startCloud } from "../index.ts";
import { settlePolling } from "./polled-settle.ts";
import { sdkCaller } from "./sdk-call.ts";

test("goes on when AWS is asked too often", async () => {
  const cloud = await startCloud({ listen: false, seed: "polled-settle", throttling: true });
  cloud.clock.hold();
  const settings = { ...cloud.clientConfig(), maxAttempts: 1 };
  const logs = new CloudWatchLogs(settings);
  const logGroups = Array.from({ length: 8 }, (_each, n) => `/aws/lambda/f${n}`);
  for (const logGroupName of logGroups) await logs.createLogGroup({ logGroupName });
  const host = { now: () => cloud.clock.now(), wait: (milliseconds: number) => cloud.clock.advance(milliseconds) };
  const began = host.now();
  const call = sdkCaller(join(import.meta.dirname, "../.."), settings);
  await settlePolling({ target: "aws", watched: { queues: [], logGroups }, call, host }, {});
  expect(host.now() - began).toBeGreaterThanOrEqual(10_000);
  const asked = cloud.trace.spans().filter(({ name }) => name === "logs:FilterLogEvents");
  expect(asked.some(({ error }) => error?.code === "ThrottlingException")).toBe(true);
  await cloud.close();
});
