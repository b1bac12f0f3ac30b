// Takes in a code or layer archive from the request or from S3, checks it as Lambda does, and keeps it as a blob.

import { AwsError, notEmulated } from "../../../kernel/aws-error.ts";
import type { Blob } from "../../../kernel/blobs.ts";
import type { ObjectBody } from "../../../ports/objects.ts";
import { accessDenied, invalidParameter, requestEntityTooLarge } from "../errors.ts";
import type { CodeRow, LambdaContext } from "../store.ts";
import { isLink, linkTarget } from "./links.ts";
import { archiveOf, zipEntries, type Archive } from "./zip.ts";

/** Of a request's body, in which the archive is base64. */
const MAX_REQUEST = 70_167_211;
const MAX_ZIPPED = 52_428_800;
const MAX_UNZIPPED = 262_144_000;

type Packed = { readonly hash: string; readonly size: number };

export type ArchiveSource = {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
  readonly S3ObjectStorageMode?: string | undefined;
  readonly SourceKMSKeyArn?: string | undefined;
};

export async function takeArchive(context: LambdaContext, source: ArchiveSource): Promise<CodeRow> {
  if (source.SourceKMSKeyArn !== undefined) throw notEmulated("encrypted deployment packages (SourceKMSKeyArn)");
  if ((source.S3ObjectStorageMode ?? "COPY") !== "COPY")
    throw notEmulated(`code that stays in its bucket (S3ObjectStorageMode ${source.S3ObjectStorageMode})`);
  const { hash, size } =
    source.ZipFile === undefined ? await fromBucket(context, source) : await given(context, source.ZipFile);
  return { hash, size, sha256: Buffer.from(hash, "hex").toString("base64") };
}

async function given({ blobs, operation }: LambdaContext, bytes: Uint8Array): Promise<Blob> {
  if (Math.ceil(bytes.length / 3) * 4 > MAX_REQUEST)
    throw requestEntityTooLarge(`Request must be smaller than ${MAX_REQUEST} bytes for the ${operation} operation`);
  if (bytes.length > MAX_ZIPPED) throw requestEntityTooLarge(`Zipped size must be smaller than ${MAX_ZIPPED} bytes`);
  await checkArchive(archiveOf(bytes));
  return blobs.putBytes(bytes);
}

/** Streamed from bucket to blob: archives have up to 250 MB. */
async function fromBucket(context: LambdaContext, source: ArchiveSource): Promise<Blob> {
  const { body, size } = await objectOf(context, source);
  if (size > MAX_UNZIPPED) throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNZIPPED} bytes`);
  const blob = await context.blobs.put(body);
  await checkArchive(kept(context, blob));
  return blob;
}

function kept({ blobs }: LambdaContext, { hash, size }: Packed): Archive {
  return {
    size,
    async read(start, end) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of blobs.read(hash, start, end)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

/** Unpacked, layers and code have a limit together. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export async function checkWhole(context: LambdaContext, code: Packed, layers: readonly Packed[]): Promise<void> {
  if (layers.length === 0) return;
  const sizes = await Promise.all([code, ...layers].map((each) => unpackedSize(kept(context, each))));
  const [own = 0] = sizes;
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  if (whole - own > MAX_UNZIPPED)
    throw invalidParameter(`Layers consume more than the available size of ${MAX_UNZIPPED} bytes`);
  if (whole > MAX_UNZIPPED)
    throw invalidParameter(
      `Function code combined with layers exceeds the maximum allowed size of ${MAX_UNZIPPED} bytes. The actual size is ${whole} bytes.`,
    );
}

async function unpackedSize(archive: Archive): Promise<number> {
  const entries = await zipEntries(archive);
  return entries.reduce((sum, { size }) => sum + size, 0);
}

async function checkArchive(archive: Archive): Promise<void> {
  let unzipped = 0;
  try {
    for (const entry of await zipEntries(archive)) {
      unzipped += entry.size;
      if (isLink(entry)) await linkTarget(archive, entry);
    }
  } catch {
    throw invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  if (unzipped > MAX_UNZIPPED) throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNZIPPED} bytes`);
}

async function objectOf(context: LambdaContext, source: ArchiveSource): Promise<ObjectBody> {
  if (source.S3Bucket === undefined || source.S3Key === undefined)
    throw invalidParameter("Please provide a source for function code.");
  try {
    return await context.ports.objects.get(source.S3Bucket, source.S3Key, {
      versionId: source.S3ObjectVersion,
      region: context.region,
    });
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
