// Calls beyond AWS's default rates are refused as their services say it; the SDK's retries cope with that.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { CloudFormation } from "@aws-sdk/client-cloudformation";
import { Lambda } from "@aws-sdk/client-lambda";
import { SSM } from "@aws-sdk/client-ssm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../index.ts";

let cloud: RunningCloud;

beforeEach(async () => {
  cloud = await startCloud({ listen: false, seed: "throttling", throttling: true });
  cloud.clock.hold();
});
afterEach(() => cloud.close());

type Settings = ReturnType<RunningCloud["clientConfig"]> & { readonly maxAttempts: number };

const CALLS: readonly (readonly [string, (settings: Settings) => Promise<unknown>, number, object])[] = [
  [
    "Lambda's control plane",
    (settings) => new Lambda(settings).listFunctions({}),
    15,
    { name: "TooManyRequestsException", message: "Rate exceeded", $metadata: { httpStatusCode: 429 } },
  ],
  [
    "parameters",
    (settings) => new SSM(settings).getParameters({ Names: ["/a"] }),
    40,
    { name: "ThrottlingException", message: "Rate exceeded", $metadata: { httpStatusCode: 400 } },
  ],
  [
    "CloudFormation's reads",
    (settings) => new CloudFormation(settings).listStacks({}),
    10,
    { name: "Throttling", message: "Rate exceeded", $metadata: { httpStatusCode: 400 } },
  ],
  [
    "API Gateway's control plane",
    (settings) => new APIGateway(settings).getRestApis({}),
    40,
    { name: "TooManyRequestsException", message: "Too Many Requests", $metadata: { httpStatusCode: 429 } },
  ],
];

test.for(CALLS)(
  "%s: so many calls at once, and then it is throttled until time has passed",
  async ([, call, rate, error]) => {
    const settings = { ...cloud.clientConfig(), maxAttempts: 1 };
    for (let count = 0; count < rate; count += 1) await call(settings);
    await expect(call(settings)).rejects.toMatchObject(error);
    await cloud.clock.advance("1 second");
    await call(settings);
  },
);

test("the SDK's retries cope with it", async () => {
  cloud.clock.release();
  const lambda = new Lambda({ ...cloud.clientConfig(), retryMode: "adaptive", maxAttempts: 10 });
  const calls = Array.from({ length: 25 }, () => lambda.listFunctions({}));
  expect((await Promise.all(calls)).map(({ Functions }) => Functions?.length)).toEqual(calls.map(() => 0));
});
