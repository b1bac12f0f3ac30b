// Multipart uploads as they begin.

import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startCloud } from "../../../../index.ts";

test("uploads of a key are listed in the order in which they began, within one millisecond, too", async () => {
  await using cloud = await startCloud();
  const s3 = new S3Client(cloud.clientConfig());
  const Bucket = "uploads-in-order";
  await s3.send(new CreateBucketCommand({ Bucket }));
  cloud.clock.hold();
  const ids: (string | undefined)[] = [];
  for (let turn = 0; turn < 20; turn += 1)
    ids.push((await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "same" }))).UploadId);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(Uploads.map(({ UploadId }) => UploadId)).toEqual(ids);
});
