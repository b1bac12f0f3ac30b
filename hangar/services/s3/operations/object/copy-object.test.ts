// CopyObject through the SDK.

import {
  CopyObjectCommand,
  CreateBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";

let cloud: RunningCloud;
let s3: S3Client;
const Bucket = "copies-here";

beforeAll(async () => {
  cloud = await startCloud({ listen: false });
  s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

async function put(
  Key: string,
  Body: NonNullable<PutObjectCommandInput["Body"]>,
  more: Partial<PutObjectCommandInput> = {},
) {
  return s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
}

/** What the SDK throws: code, status and message. */
async function failure(call: Promise<unknown>): Promise<unknown[]> {
  const error = (await call.catch((thrown: unknown) => thrown)) as {
    name: string;
    message: string;
    $metadata: { httpStatusCode: number };
  };
  return [error.name, error.$metadata.httpStatusCode, error.message];
}

describe("copies", () => {
  test("take metadata along unless told otherwise", async () => {
    await put("source", "copied", { Metadata: { a: "1" }, ContentType: "text/x" });
    const { CopyObjectResult } = await s3.send(
      new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/source` }),
    );
    expect(CopyObjectResult?.ETag).toBe(`"${createHash("md5").update("copied").digest("hex")}"`);
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: "copy" }))).toMatchObject({
      Metadata: { a: "1" },
      ContentType: "text/x",
    });
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: "copy",
        CopySource: `${Bucket}/source`,
        MetadataDirective: "REPLACE",
        Metadata: { b: "2" },
      }),
    );
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "copy" }))).Metadata).toEqual({ b: "2" });
  });

  test("onto themselves must change something", async () => {
    await put("self", "x");
    expect(
      (await failure(s3.send(new CopyObjectCommand({ Bucket, Key: "self", CopySource: `${Bucket}/self` })))).slice(
        0,
        2,
      ),
    ).toEqual(["InvalidRequest", 400]);
    await s3.send(
      new CopyObjectCommand({ Bucket, Key: "self", CopySource: `${Bucket}/self`, StorageClass: "STANDARD_IA" }),
    );
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "self" }))).StorageClass).toBe("STANDARD_IA");
  });

  test("of what is missing are NoSuchKey; conditions on the source are 412", async () => {
    expect(
      (await failure(s3.send(new CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/missing` }))))[0],
    ).toBe("NoSuchKey");
    expect(
      (
        await failure(
          s3.send(
            new CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/source`, CopySourceIfMatch: '"x"' }),
          ),
        )
      )[1],
    ).toBe(412);
  });
});
