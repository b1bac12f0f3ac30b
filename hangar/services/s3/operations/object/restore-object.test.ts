// Archived objects brought back: how long each tier takes, what is refused meanwhile, and what tells of it.

import { S3, type Tier } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type ForkedCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
const at = { Bucket: "archive-here", Key: "k" };

beforeAll(async () => {
  cloud = await startCloud({ listen: false, seed: "restores" });
  await new S3(cloud.clientConfig()).createBucket(at);
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

type Archive = {
  readonly fork: ForkedCloud;
  readonly s3: S3;
  restore(Days: number, Tier?: Tier): Promise<number | undefined>;
};

/** An archived object in a world of its own. */
async function archive(StorageClass: "GLACIER" | "DEEP_ARCHIVE" = "GLACIER"): Promise<Archive> {
  const fork = cloud.fork();
  const s3 = new S3({ ...fork.clientConfig(), maxAttempts: 1 });
  await s3.putObject({ ...at, Body: "cold", StorageClass });
  const restore = async (Days: number, Tier?: Tier): Promise<number | undefined> => {
    const GlacierJobParameters = Tier === undefined ? {} : { GlacierJobParameters: { Tier } };
    return (await s3.restoreObject({ ...at, RestoreRequest: { Days, ...GlacierJobParameters } })).$metadata
      .httpStatusCode;
  };
  return { fork, s3, restore };
}

const restoreOf = async ({ s3 }: Archive): Promise<string | undefined> => (await s3.headObject(at)).Restore;
const bodyOf = async ({ s3 }: Archive): Promise<string | undefined> =>
  (await s3.getObject(at)).Body?.transformToString();
const ONGOING = 'ongoing-request="true"';
const HERE = /^ongoing-request="false", expiry-date="/;

test.each([
  ["GLACIER", "Expedited", "5 minutes"],
  ["GLACIER", "Standard", "5 hours"],
  ["GLACIER", "Bulk", "12 hours"],
  ["DEEP_ARCHIVE", "Standard", "12 hours"],
  ["DEEP_ARCHIVE", "Bulk", "48 hours"],
] as const)("from %s by %s an object is back after %s", async (storageClass, tier, time) => {
  const archived = await archive(storageClass);
  await expect(bodyOf(archived)).rejects.toMatchObject({ name: "InvalidObjectState", StorageClass: storageClass });
  expect(await archived.restore(1, tier)).toBe(202);
  await archived.fork.clock.advance(time);
  await archived.fork.settle();
  expect([await restoreOf(archived), await bodyOf(archived)]).toEqual([expect.stringMatching(HERE), "cold"]);
  archived.fork.dispose();
});

test("until then it is as cold as before, and asked for again in vain", async () => {
  const archived = await archive();
  expect(await archived.restore(1)).toBe(202);
  await archived.fork.clock.advance("299 minutes");
  expect(await restoreOf(archived)).toBe(ONGOING);
  await expect(bodyOf(archived)).rejects.toMatchObject({ name: "InvalidObjectState" });
  for (const tier of ["Standard", "Bulk"] as const)
    await expect(archived.restore(1, tier)).rejects.toMatchObject({
      name: "RestoreAlreadyInProgress",
      message: "Object restore is already in progress",
      $metadata: { httpStatusCode: 409 },
    });
  archived.fork.dispose();
});

test("what is not archived is not restored", async () => {
  const archived = await archive();
  const warm = { Bucket: at.Bucket, Key: "warm" };
  await archived.s3.putObject({ ...warm, Body: "-", StorageClass: "STANDARD_IA" });
  const error: unknown = await archived.s3
    .restoreObject({ ...warm, RestoreRequest: { Days: 1 } })
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: "InvalidObjectState",
    message: "Restore is not allowed for the object's current storage class",
    $metadata: { httpStatusCode: 403 },
  });
  expect(error).not.toHaveProperty("StorageClass", "STANDARD_IA");
  archived.fork.dispose();
});

test("a faster tier hastens what is on its way", async () => {
  const archived = await archive();
  expect(await archived.restore(1, "Bulk")).toBe(202);
  expect(await archived.restore(1, "Expedited")).toBe(202);
  await archived.fork.clock.advance("5 minutes");
  await archived.fork.settle();
  expect(await bodyOf(archived)).toBe("cold");
  await archived.fork.clock.advance("12 hours");
  await archived.fork.settle();
  expect(await restoreOf(archived)).toMatch(HERE);
  archived.fork.dispose();
});

test("what is restored is only kept longer: 200", async () => {
  const archived = await archive();
  await archived.restore(1, "Expedited");
  await archived.fork.clock.advance("5 minutes");
  await archived.fork.settle();
  expect(await archived.restore(9)).toBe(200);
  await archived.fork.clock.advance("8 days");
  await archived.fork.settle();
  expect(await bodyOf(archived)).toBe("cold");
  await archived.fork.clock.advance("2 days");
  await archived.fork.settle();
  await expect(bodyOf(archived)).rejects.toMatchObject({ name: "InvalidObjectState" });
  archived.fork.dispose();
});

test("a restored object is listed as such to those who ask", async () => {
  const archived = await archive();
  const listed = async (more: object = {}): Promise<object | undefined> =>
    (await archived.s3.listObjectsV2({ ...at, ...more })).Contents?.[0]?.RestoreStatus;
  const asked = { OptionalObjectAttributes: ["RestoreStatus"] };
  await archived.restore(1, "Expedited");
  expect([await listed(), await listed(asked)]).toEqual([undefined, { IsRestoreInProgress: true }]);
  await archived.fork.clock.advance("5 minutes");
  await archived.fork.settle();
  expect(await listed(asked)).toEqual({ IsRestoreInProgress: false, RestoreExpiryDate: expect.any(Date) });
  archived.fork.dispose();
});

test("deep archives know no expedited retrieval, and no restore selects", async () => {
  const archived = await archive("DEEP_ARCHIVE");
  await expect(archived.restore(1, "Expedited")).rejects.toMatchObject({
    name: "InvalidArgument",
    message: "Retrieval option is not supported by this storage class",
  });
  const OutputLocation = { S3: { BucketName: at.Bucket, Prefix: "out/" } };
  await expect(
    archived.s3.restoreObject({ ...at, RestoreRequest: { Type: "SELECT", OutputLocation } }),
  ).rejects.toThrow("restores that select");
  expect(await restoreOf(archived)).toBeUndefined();
  archived.fork.dispose();
});
