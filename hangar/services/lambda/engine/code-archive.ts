// Takes in a code or layer archive from the request or from S3, checks it as Lambda does, and keeps it as a blob.

import { createHash } from "node:crypto";
import { AwsError, notEmulated } from "../../../kernel/aws-error.ts";
import { accessDenied, invalidParameter, requestEntityTooLarge } from "../errors.ts";
import type { CodeRow, LambdaContext } from "../store.ts";
import { isLink, linkTarget } from "./links.ts";
import { zipEntries } from "./zip.ts";

const MAX_ZIPPED = 52_428_800;
const MAX_UNZIPPED = 262_144_000;

export type ArchiveSource = {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly ImageUri?: string | undefined;
};

export async function takeArchive(context: LambdaContext, source: ArchiveSource): Promise<CodeRow> {
  if (source.ImageUri !== undefined)
    throw notEmulated(
      "Lambda functions from container images (PackageType Image)",
      "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html",
    );
  const bytes = source.ZipFile ?? (await fromBucket(context, source));
  if (source.ZipFile !== undefined && bytes.length > MAX_ZIPPED) {
    throw requestEntityTooLarge(`Zipped size must be smaller than ${MAX_ZIPPED} bytes`);
  }
  await checkArchive(bytes);
  const blob = await context.blobs.putBytes(bytes);
  return { hash: blob.hash, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("base64") };
}

async function checkArchive(bytes: Uint8Array): Promise<void> {
  let unzipped = 0;
  try {
    for (const entry of zipEntries(bytes)) {
      unzipped += entry.size;
      if (isLink(entry)) await linkTarget(bytes, entry);
    }
  } catch {
    throw invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  if (unzipped > MAX_UNZIPPED) throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNZIPPED} bytes`);
}

async function fromBucket(context: LambdaContext, source: ArchiveSource): Promise<Uint8Array> {
  if (source.S3Bucket === undefined || source.S3Key === undefined)
    throw invalidParameter("Please provide a source for function code.");
  try {
    return await context.ports.objects.bytes(source.S3Bucket, source.S3Key, { versionId: source.S3ObjectVersion });
  } catch (error) {
    if (!(error instanceof AwsError) || error.status >= 500) throw error;
    if (error.code === "AccessDenied") {
      throw accessDenied(
        `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${source.S3Bucket}/${source.S3Key}. S3 Error Code: AccessDenied. S3 Error Message: ${error.message}`,
      );
    }
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
    );
  }
}
