// The AWS SDK's clients for a world.

import { expect, test } from "vitest";
import { SQS } from "@aws-sdk/client-sqs";
import { serviceNames } from "../models/load.ts";
import { CLIENTS, type Aws } from "./aws.ts";
import type { ClientSettings } from "../targets/target.ts";
import { clientsOf } from "./clients.ts";

const settings: ClientSettings = {
  endpoint: "http://127.0.0.1:9",
  region: "eu-west-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  forcePathStyle: true,
  disableHostPrefix: true,
};

test("every modelled service has a client", () => {
  const names = serviceNames().map((name) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
  expect(Object.keys(CLIENTS).toSorted()).toEqual(names.toSorted());
});

test("every client is the SDK's own, made once, for this world", async () => {
  const { aws, destroy } = clientsOf(settings, process.cwd());
  for (const name of Object.keys(CLIENTS) as (keyof Aws)[]) {
    const { config } = aws[name];
    expect(await config.region()).toBe("eu-west-1");
    expect(aws[name]).toBe(aws[name]);
  }
  expect(aws.sqs).toBeInstanceOf(SQS);
  destroy();
});

test("a package that is not installed is named when its client is asked for", () => {
  const { aws } = clientsOf(settings, "/nowhere");
  expect(() => aws.sqs).toThrow(
    "aws.sqs is @aws-sdk/client-sqs, which is not installed here: npm install --save-dev @aws-sdk/client-sqs",
  );
});
