// Custom::CDKBucketDeployment: unpacks archives into a bucket, as the CDK's handler does with the AWS CLI.

import { unzipSync } from "fflate";
import { emptyBucket } from "./auto-delete-objects.ts";
import {
  bytesOf,
  flagAt,
  listAt,
  mapAt,
  textAt,
  type CallApi,
  type CustomProperties,
  type CustomRequest,
  type NativeCustom,
} from "./native-custom.ts";
import { contentType } from "./content-type.ts";

const OWNER_TAG = "aws-cdk:cr-owned";
const AT_ONCE = 16;

export const bucketDeployment: NativeCustom = async (request, call) => {
  const { properties } = request;
  const destination = destinationOf(properties);
  const physicalId = request.physicalId ?? `aws.cdk.s3deployment.${request.uniqueId()}`;
  if (request.type === "Delete") {
    if (!flagAt(properties, "RetainOnDelete", true)) await removeUnlessOwned(destination, call);
    return { physicalId, data: {} };
  }
  const before =
    request.type === "Update" && request.previous !== undefined ? destinationOf(request.previous) : undefined;
  if (
    before !== undefined &&
    (before.bucket !== destination.bucket || before.prefix !== destination.prefix) &&
    !flagAt(request.previous, "RetainOnDelete", true)
  )
    await removeUnlessOwned(before, call);
  const files = await sourceFiles(request, call);
  await upload(files, destination, properties, call);
  if (flagAt(properties, "Prune", true)) await prune(files, destination, properties, call);
  await invalidate(properties, request.uniqueId(), call);
  const data: Record<string, unknown> = { DestinationBucketArn: `arn:aws:s3:::${destination.bucket}` };
  if (flagAt(properties, "OutputObjectKeys", true)) data["SourceObjectKeys"] = listAt(properties, "SourceObjectKeys");
  return { physicalId, data };
};

type Destination = { readonly bucket: string; readonly prefix: string };

function destinationOf(properties: CustomProperties): Destination {
  const prefix = textAt(properties, "DestinationBucketKeyPrefix");
  return { bucket: textAt(properties, "DestinationBucketName"), prefix: prefix === "/" ? "" : prefix };
}

function keyOf(destination: Destination, path: string): string {
  if (destination.prefix === "") return path;
  return destination.prefix.endsWith("/") ? `${destination.prefix}${path}` : `${destination.prefix}/${path}`;
}

/** Other deployments' claims on the bucket keep what is there. */
async function removeUnlessOwned(destination: Destination, call: CallApi): Promise<void> {
  const tag = destination.prefix === "" ? OWNER_TAG : `${OWNER_TAG}:${destination.prefix}`;
  try {
    const tags = listAt(await call("s3", "GetBucketTagging", { Bucket: destination.bucket }), "TagSet") as readonly {
      readonly Key?: string;
    }[];
    if (tags.some((item) => item.Key?.startsWith(tag) === true)) return;
  } catch {
    // No bucket or no tags: nobody claims it.
  }
  try {
    await emptyBucket(destination.bucket, call, destination.prefix === "" ? undefined : destination.prefix);
  } catch (error) {
    if (
      (error as { readonly code?: string; readonly name?: string }).code !== "NoSuchBucket" &&
      (error as Error).name !== "NoSuchBucket"
    )
      throw error;
  }
}

/** Later archives lie over earlier ones. */
async function sourceFiles(
  { properties, reachable }: CustomRequest,
  call: CallApi,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const keys = listAt(properties, "SourceObjectKeys");
  for (const [index, bucket] of listAt(properties, "SourceBucketNames").entries()) {
    const key = String(keys[index]);
    const { Body } = await call("s3", "GetObject", { Bucket: String(bucket), Key: key });
    const bytes = await bytesOf(Body);
    const markers = listAt(properties, "SourceMarkers")[index];
    const config = listAt(properties, "SourceMarkersConfig")[index];
    const replace = replacer(markers, flagAt(config as CustomProperties | undefined, "jsonEscape", false), reachable);
    if (!flagAt(properties, "Extract", true)) files.set(key.slice(key.lastIndexOf("/") + 1), replace(bytes));
    else for (const [name, content] of Object.entries(unzipped(bytes, key))) files.set(pathOf(name), replace(content));
  }
  return files;
}

/** Lambda's disk, where the CDK's handler unpacks. */
const DISK = 512 * 1024 * 1024;

/** Whatever an entry is, no more of it is unpacked than it declares. */
function unzipped(bytes: Uint8Array, key: string): Readonly<Record<string, Uint8Array>> {
  let size = 0;
  unzipSync(bytes, {
    filter({ originalSize }) {
      size += originalSize;
      return false;
    },
  });
  if (size > DISK) throw new Error(`${key} unpacks to more than 512 MiB, which is all the disk that a deployment has.`);
  return unzipSync(bytes, { filter: ({ name }) => !name.endsWith("/") });
}

/** As Python's zipfile extracts: no part leads up, and none begins at the root. */
function pathOf(name: string): string {
  return name
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .join("/");
}

function replacer(
  markers: unknown,
  jsonEscape: boolean,
  reachable: (text: string) => string,
): (bytes: Uint8Array) => Uint8Array {
  const pairs = Object.entries((markers ?? {}) as Readonly<Record<string, unknown>>).map(
    ([marker, value]) => [marker, jsonEscape ? JSON.stringify(String(value)).slice(1, -1) : String(value)] as const,
  );
  if (pairs.length === 0) return (bytes) => bytes;
  return (bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    if (!pairs.some(([marker]) => text.includes(marker))) return bytes;
    // Bytes, not text: whatever else the file holds must stay as it is.
    return Buffer.from(
      reachable(
        pairs.reduce(
          (at, [marker, value]) => at.replaceAll(marker, Buffer.from(value, "utf8").toString("latin1")),
          text,
        ),
      ),
      "latin1",
    );
  };
}

/** As `aws s3 sync --exclude … --include …`: the last pattern that fits decides. */
function filterOf(properties: CustomProperties): (path: string) => boolean {
  const rules = [
    ...listAt(properties, "Exclude").map((pattern) => [false, glob(String(pattern))] as const),
    ...listAt(properties, "Include").map((pattern) => [true, glob(String(pattern))] as const),
  ];
  return (path) => rules.reduce((keep, [verdict, pattern]) => (pattern.test(path) ? verdict : keep), true);
}

function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s");
}

const SYSTEM: Readonly<Record<string, string>> = {
  acl: "ACL",
  "cache-control": "CacheControl",
  "content-disposition": "ContentDisposition",
  "content-encoding": "ContentEncoding",
  "content-language": "ContentLanguage",
  "content-type": "ContentType",
  sse: "ServerSideEncryption",
  "sse-kms-key-id": "SSEKMSKeyId",
  "storage-class": "StorageClass",
  "website-redirect": "WebsiteRedirectLocation",
};

async function upload(
  files: ReadonlyMap<string, Uint8Array>,
  destination: Destination,
  properties: CustomProperties,
  call: CallApi,
): Promise<void> {
  const keep = filterOf(properties);
  const system = Object.fromEntries(
    Object.entries(mapAt(properties, "SystemMetadata")).map(([name, value]) => [SYSTEM[name] ?? name, String(value)]),
  );
  const metadata = Object.fromEntries(
    Object.entries(mapAt(properties, "UserMetadata")).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const queue = [...files].filter(([path]) => keep(path));
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [path, bytes] = next;
      const type = contentType(path);
      await call("s3", "PutObject", {
        Bucket: destination.bucket,
        Key: keyOf(destination, path),
        Body: bytes,
        ContentLength: bytes.length,
        ...(type === undefined ? {} : { ContentType: type }),
        ...(Object.keys(metadata).length === 0 ? {} : { Metadata: metadata }),
        ...system,
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function prune(
  files: ReadonlyMap<string, Uint8Array>,
  destination: Destination,
  properties: CustomProperties,
  call: CallApi,
): Promise<void> {
  const keep = filterOf(properties);
  const root = keyOf(destination, "");
  const present = new Set([...files.keys()].map((path) => keyOf(destination, path)));
  for (let token: unknown; ;) {
    const page = await call("s3", "ListObjectsV2", {
      Bucket: destination.bucket,
      Prefix: root,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    const gone = (listAt(page, "Contents") as readonly { readonly Key: string }[]).filter(
      ({ Key }) => !present.has(Key) && keep(Key.slice(root.length)),
    );
    if (gone.length > 0)
      await call("s3", "DeleteObjects", {
        Bucket: destination.bucket,
        Delete: { Objects: gone.map(({ Key }) => ({ Key })), Quiet: true },
      });
    token = page["NextContinuationToken"];
    if (token === undefined) return;
  }
}

async function invalidate(properties: CustomProperties, reference: string, call: CallApi): Promise<void> {
  const distribution = textAt(properties, "DistributionId");
  if (distribution === "") return;
  const paths = listAt(properties, "DistributionPaths").map(String);
  const items = paths.length > 0 ? paths : ["/*"];
  await call("cloudfront", "CreateInvalidation", {
    DistributionId: distribution,
    InvalidationBatch: { CallerReference: reference, Paths: { Quantity: items.length, Items: items } },
  });
}
