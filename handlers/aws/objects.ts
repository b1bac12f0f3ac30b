// The buckets: one S3 client, and links that a browser can use.
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

/** Path style: a link to a bucket needs no name of its own in DNS. */
export const objects = new S3Client({
  forcePathStyle: true,
  // Otherwise a presigned PUT would carry the checksum of an empty body.
  requestChecksumCalculation: "WHEN_REQUIRED",
});

export function linkToRead(bucket: string, key: string, seconds: number): Promise<string> {
  return getSignedUrl(objects, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds });
}

/** The upload must carry the content type and the length that were announced: both are signed. */
export function linkToWrite(
  target: { readonly bucket: string; readonly key: string; readonly contentType: string; readonly bytes?: number },
  seconds: number,
): Promise<string> {
  const command = new PutObjectCommand({
    Bucket: target.bucket,
    Key: target.key,
    ContentType: target.contentType,
    ...(target.bytes === undefined ? {} : { ContentLength: target.bytes }),
  });
  const signed = target.bytes === undefined ? ["content-type"] : ["content-type", "content-length"];
  return getSignedUrl(objects, command, { expiresIn: seconds, signableHeaders: new Set(["host", ...signed]) });
}
