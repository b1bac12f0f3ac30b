// Object Lock through the SDK: default retention, modes, legal holds, and what they forbid.

import { S3 } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

const Bucket = "locked-here";
const REFUSED = ["AccessDenied", 403];
let cloud: RunningCloud;
let s3: S3;

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3(cloud.clientConfig());
  await s3.createBucket({ Bucket, ObjectLockEnabledForBucket: true });
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as {
    name: string;
    $metadata: { httpStatusCode: number };
  };
  return [error.name, error.$metadata?.httpStatusCode];
}

const put = async (Key: string): Promise<string> => (await s3.putObject({ Bucket, Key, Body: Key })).VersionId ?? "";
const inDays = (days: number): Date => new Date(cloud.clock.now() + days * 86_400_000);

test("a default keeps a version until its time, governance bypassed only on purpose", async () => {
  const Rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 1 } } as const;
  await s3.putObjectLockConfiguration({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule } });
  expect((await s3.getObjectLockConfiguration({ Bucket })).ObjectLockConfiguration?.Rule).toEqual(Rule);
  const at = { Bucket, Key: "kept", VersionId: await put("kept") };
  expect((await s3.getObjectRetention(at)).Retention?.Mode).toBe("GOVERNANCE");
  expect(await failure(s3.deleteObject(at))).toEqual(REFUSED);
  await s3.deleteObject({ ...at, BypassGovernanceRetention: true });
});

test("a legal hold stands until it is lifted", async () => {
  const at = { Bucket, Key: "held", VersionId: await put("held"), BypassGovernanceRetention: true };
  await s3.putObjectLegalHold({ ...at, LegalHold: { Status: "ON" } });
  expect((await s3.getObjectLegalHold(at)).LegalHold?.Status).toBe("ON");
  expect(await failure(s3.deleteObject(at))).toEqual(REFUSED);
  await s3.putObjectLegalHold({ ...at, LegalHold: { Status: "OFF" } });
  await s3.deleteObject(at);
});

test("governance is longer at will, another mode or shorter only on purpose; compliance only longer", async () => {
  const at = { Bucket, Key: "strict" };
  await put(at.Key);
  const bypass = { BypassGovernanceRetention: true };
  const retain = (Mode: "GOVERNANCE" | "COMPLIANCE", days: number, more: object = {}) =>
    failure(s3.putObjectRetention({ ...at, Retention: { Mode, RetainUntilDate: inDays(days) }, ...more }));
  const taken = [undefined, 200];
  expect(await retain("GOVERNANCE", 3)).toEqual(taken);
  expect(await retain("GOVERNANCE", 2)).toEqual(REFUSED);
  expect(await retain("COMPLIANCE", 4)).toEqual(REFUSED);
  expect(await retain("COMPLIANCE", 2, bypass)).toEqual(taken);
  expect(await retain("COMPLIANCE", 1, bypass)).toEqual(REFUSED);
  expect(await retain("GOVERNANCE", 3, bypass)).toEqual(REFUSED);
  expect(await retain("COMPLIANCE", 3)).toEqual(taken);
});

test.each([
  [{ ObjectLockLegalHoldStatus: "on" as never }, "Legal Hold must be either of 'ON' or 'OFF'"],
  [
    { ObjectLockMode: "kaboom" as never, ObjectLockRetainUntilDate: new Date("2999-01-01") },
    "Unknown wormMode directive.",
  ],
])("a lock of %j is refused whether the bucket has locks or not", async (lock, message) => {
  const plain = "not-locked-here";
  await s3.createBucket({ Bucket: plain });
  for (const name of [Bucket, plain])
    await expect(s3.putObject({ Bucket: name, Key: "k", ...lock })).rejects.toMatchObject({
      name: "InvalidArgument",
      message,
    });
});
