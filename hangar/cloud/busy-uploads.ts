// What the busy process keeps writing to S3 beside small objects: large puts, parts, copied parts, completed uploads.

import type { S3 } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { expectSame, type Kept } from "./busy-kept.ts";

const Bucket = "kept";
const MB = 1024 * 1024;
const SMALL = 300_000;
const LARGE = 2 * MB;
/** All parts but the last have to be so large. */
const PART = 5 * MB;

/** Of each name other bytes. */
function bytesOf(name: string, size: number): Buffer {
  const digest = createHash("sha256").update(name).digest();
  return Buffer.alloc(size, digest);
}

async function expectBytes(s3: S3, Key: string, wanted: Buffer): Promise<void> {
  const { Body } = await s3.getObject({ Bucket, Key });
  const found = Buffer.from((await Body?.transformToByteArray()) ?? []);
  expectSame(`${found.length} bytes, ${found.equals(wanted)}`, `${wanted.length} bytes, true`);
}

async function begin(s3: S3, Key: string): Promise<string> {
  const { UploadId = "" } = await s3.createMultipartUpload({ Bucket, Key });
  return UploadId;
}

const SOURCE = Buffer.alloc(100_000, "source ");

async function putParts(s3: S3, Key: string, UploadId: string, first: Buffer): Promise<(string | undefined)[]> {
  const part = { Bucket, Key, UploadId };
  const [put, copied] = await Promise.all([
    s3.uploadPart({ ...part, PartNumber: 1, Body: first }),
    s3.uploadPartCopy({ ...part, PartNumber: 2, CopySource: `${Bucket}/source` }),
  ]);
  return [put.ETag, copied.CopyPartResult?.ETag];
}

async function complete(s3: S3, Key: string, UploadId: string, etags: readonly (string | undefined)[]): Promise<void> {
  const Parts = etags.map((ETag, index) => ({ PartNumber: index + 1, ETag }));
  await s3.completeMultipartUpload({ Bucket, Key, UploadId, MultipartUpload: { Parts } });
}

export const uploads: Readonly<Record<string, Kept>> = {
  "s3 large": {
    write: (Key, { s3 }) => s3.putObject({ Bucket, Key, Body: bytesOf(Key, LARGE) }),
    read: (Key, { s3 }) => expectBytes(s3, Key, bytesOf(Key, LARGE)),
  },
  "s3 parts": {
    prepare: ({ s3 }) => s3.putObject({ Bucket, Key: "source", Body: SOURCE }),
    write: async (Key, { s3 }) => putParts(s3, Key, await begin(s3, Key), bytesOf(Key, SMALL)),
    async read(Key, { s3, isLast }) {
      const { Uploads = [] } = await s3.listMultipartUploads({ Bucket, Prefix: Key });
      const UploadId = Uploads.find((upload) => upload.Key === Key)?.UploadId ?? "";
      const { Parts = [] } = await s3.listParts({ Bucket, Key, UploadId });
      expectSame(Parts.map(({ Size }) => Size).join(), `${SMALL},${SOURCE.length}`);
      // Parts can only be read as an object, and then are parts no more.
      if (!isLast) return;
      await complete(s3, Key, UploadId, [Parts[0]?.ETag]);
      await expectBytes(s3, Key, bytesOf(Key, SMALL));
    },
  },
  "s3 completed": {
    async write(Key, { s3 }) {
      const UploadId = await begin(s3, Key);
      await complete(s3, Key, UploadId, await putParts(s3, Key, UploadId, bytesOf(Key, PART)));
    },
    read: (Key, { s3 }) => expectBytes(s3, Key, Buffer.concat([bytesOf(Key, PART), SOURCE])),
  },
};
