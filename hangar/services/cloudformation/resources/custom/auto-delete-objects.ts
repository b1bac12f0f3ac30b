// Custom::S3AutoDeleteObjects: empties a bucket before it is deleted.

import { listAt, textAt, unless, type CallApi, type NativeCustom } from "./native-custom.ts";

const TAG = "aws-cdk:auto-delete-objects";

export const autoDeleteObjects: NativeCustom = async (request, call) => {
  const bucket = textAt(request.properties, "BucketName");
  const before = textAt(request.previous, "BucketName");
  if (request.type === "Update" && before !== "" && before !== bucket) await emptyIfTagged(before, call);
  if (request.type === "Delete" && bucket !== "") await emptyIfTagged(bucket, call);
  return { physicalId: request.physicalId ?? request.uniqueId(), data: {} };
};

/** Without the tag the bucket is left as it is, as the CDK's handler does: the tag goes when the user turns the feature off. */
async function emptyIfTagged(bucket: string, call: CallApi): Promise<void> {
  await unless(/^NoSuch(Bucket|TagSet)/, async () => {
    const { TagSet } = await call("s3", "GetBucketTagging", { Bucket: bucket });
    const tags = (TagSet ?? []) as readonly { readonly Key?: string; readonly Value?: string }[];
    if (!tags.some((tag) => tag.Key === TAG && tag.Value === "true")) return;
    await emptyBucket(bucket, call);
  });
}

export async function emptyBucket(bucket: string, call: CallApi, prefix?: string): Promise<void> {
  for (;;) {
    const page = await call("s3", "ListObjectVersions", {
      Bucket: bucket,
      ...(prefix === undefined ? {} : { Prefix: prefix }),
    });
    const found = [...listAt(page, "Versions"), ...listAt(page, "DeleteMarkers")] as readonly {
      readonly Key?: string;
      readonly VersionId?: string;
    }[];
    if (found.length === 0) return;
    const answer = await call("s3", "DeleteObjects", {
      Bucket: bucket,
      Delete: { Objects: found.map(({ Key, VersionId }) => ({ Key, VersionId })), Quiet: true },
    });
    const [failed] = listAt(answer, "Errors") as readonly { readonly Key?: string; readonly Message?: string }[];
    if (failed !== undefined)
      throw new Error(`Could not delete ${failed.Key ?? ""} from ${bucket}: ${failed.Message ?? ""}`);
  }
}
