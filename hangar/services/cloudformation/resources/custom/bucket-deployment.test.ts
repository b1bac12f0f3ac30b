// A deployment of hostile archives: what would fill the machine, what would lead out of the bucket.

import { S3 } from "@aws-sdk/client-s3";
import { zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCloud, type RunningCloud } from "../../../../index.ts";
import { bucketDeployment } from "./bucket-deployment.ts";
import type { CallApi, CustomRequest } from "./native-custom.ts";

let cloud: RunningCloud;
let s3: S3;

beforeAll(async () => {
  cloud = await startCloud();
  s3 = new S3(cloud.clientConfig());
  for (const Bucket of ["archives", "site-here"]) await s3.createBucket({ Bucket });
});
afterAll(async () => {
  expect(cloud.bugs).toEqual([]);
  await cloud.close();
});

const call: CallApi = (_service, operation, input) => {
  const method = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as "putObject";
  return s3[method](input as never) as never;
};

async function deploy(archive: Uint8Array): Promise<unknown> {
  await s3.putObject({ Bucket: "archives", Key: "site.zip", Body: archive });
  const request: CustomRequest = {
    type: "Create",
    properties: {
      SourceBucketNames: ["archives"],
      SourceObjectKeys: ["site.zip"],
      DestinationBucketName: "site-here",
      DestinationBucketKeyPrefix: "in/here",
    },
    logicalId: "Deployment",
    stackId: "arn:aws:cloudformation:us-east-1:000000000000:stack/s/1",
    region: "us-east-1",
    uniqueId: () => "id",
    reachable: (text) => text,
  };
  return bucketDeployment(request, call);
}

/** One entry of 8 MB, listed as often as asked: a few kilobytes that unpack to any size. */
function bomb(times: number): Uint8Array {
  const bytes = Buffer.from(zipSync({ "zeros.bin": new Uint8Array(8_000_000) }));
  const end = bytes.length - 22;
  const start = bytes.readUInt32LE(end + 16);
  const directory = Buffer.concat(Array.from({ length: times }, () => bytes.subarray(start, end)));
  const tail = Buffer.from(bytes.subarray(end));
  tail.writeUInt16LE(times, 8);
  tail.writeUInt16LE(times, 10);
  tail.writeUInt32LE(directory.length, 12);
  return Buffer.concat([bytes.subarray(0, start), directory, tail]);
}

test("an archive that unpacks to more than the handler's disk holds is refused before it does", async () => {
  const before = process.memoryUsage().arrayBuffers;
  await expect(deploy(bomb(100))).rejects.toMatchObject({
    message: "site.zip unpacks to more than 512 MiB, which is all the disk that a deployment has.",
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  expect((await s3.listObjectsV2({ Bucket: "site-here" })).KeyCount).toBe(0);
});

test("an entry that would lead out lands where an extractor puts it: below the prefix", async () => {
  await deploy(
    zipSync({ "../../up.txt": Buffer.from("up"), "/root.txt": Buffer.from("root"), "a/./b.txt": Buffer.from("b") }),
  );
  const { Contents = [] } = await s3.listObjectsV2({ Bucket: "site-here" });
  expect(Contents.map(({ Key }) => Key)).toEqual(["in/here/a/b.txt", "in/here/root.txt", "in/here/up.txt"]);
});
