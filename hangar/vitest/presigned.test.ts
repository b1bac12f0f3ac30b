// A URL that was presigned just before the clock moves, and one just after: each has its own age, and who presigns none waits for nothing.

import { S3, GetObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openCloud } from "../index.ts";
import { thisSecond } from "../kernel/clock.ts";
import type { ClientSettings } from "../targets/target.ts";
import type { DeployedWorld } from "./provided.ts";
import { forkedWorld, type TestCloud } from "./world.ts";

let close: () => Promise<void>;
let deployed: DeployedWorld & { readonly endpoint: string };
const object = { Bucket: "presigned", Key: "k" };

beforeAll(async () => {
  const opened = await openCloud({});
  ({ close } = opened);
  const { origin: endpoint, region, account } = opened.cloud;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const clients: ClientSettings = { endpoint, region, credentials, forcePathStyle: true, disableHostPrefix: true };
  deployed = {
    name: "embedded",
    endpoint,
    region,
    account,
    clients,
    stacks: {},
    watched: { queues: [], logGroups: [] },
    root: process.cwd(),
  };
  const s3 = new S3(clients);
  await s3.createBucket(object);
  await s3.putObject({ ...object, Body: "x" });
  s3.destroy();
});
afterAll(() => close());

/** What a URL answers that was presigned before an hour passed, and one from after it, as fast as can be. */
async function ages(cloud: TestCloud, s3: S3): Promise<number[]> {
  const presign = (): Promise<string> => getSignedUrl(s3, new GetObjectCommand(object), { expiresIn: 1800 });
  const before = await presign();
  await cloud.clock.advance("1 hour");
  const after = await presign();
  return [(await fetch(before)).status, (await fetch(after)).status];
}

test("its client is the fixtures'", async () => {
  await using cloud = await forkedWorld(deployed, () => undefined);
  expect(await ages(cloud, cloud.aws.s3)).toEqual([403, 200]);
  expect(await ages(cloud, cloud.aws.s3)).toEqual([403, 200]);
});

test("its client is one of the test's own", async () => {
  await using cloud = await forkedWorld(deployed, () => undefined);
  expect(await ages(cloud, new S3(cloud.clientConfig()))).toEqual([403, 200]);
});

test("commands that are sent, and tried again, are not waited for", async () => {
  await using cloud = await forkedWorld(deployed, () => undefined);
  await cloud.faults.next("s3:GetObject", "SlowDown", { times: 2 });
  const waits = vi.spyOn(globalThis, "fetch");
  expect(await (await cloud.aws.s3.getObject(object)).Body?.transformToString()).toBe("x");
  await cloud.clock.advance("1 hour");
  await getSignedUrl(cloud.aws.s3, new GetObjectCommand(object));
  const second = thisSecond();
  await cloud.clock.advance("1 hour");
  const bodies = waits.mock.calls.map(([, init]) => JSON.parse(init?.body as string) as object);
  expect(bodies).toEqual([
    { advance: "1 hour", presigned: false },
    { advance: "1 hour", presigned: true },
  ]);
  expect(thisSecond()).toBeGreaterThan(second);
  waits.mockRestore();
});
