// What S3 asks of a request's whole body before it reads it: a length it takes, and the digests that the request states.
import { hash } from "node:crypto";
import { AwsError } from "../kernel/aws-error.ts";
import { badDigest, checksumOf, checksumOfHeader, checksumReady, type ChecksumAlgorithm } from "./checksums.ts";
import type { WireRequest } from "./protocol.ts";

const EITHER = "Content-MD5 OR x-amz-checksum-*";
/** Of the operations whose model demands a checksum, those that are refused without one, and the words. */
const DEMANDED: ReadonlyMap<string, string> = new Map([
  ["DeleteObjects", EITHER],
  ["PutBucketCors", EITHER],
  ["PutBucketLifecycleConfiguration", "Content-MD5"],
  ["PutBucketTagging", EITHER],
  ["PutObjectLegalHold", EITHER],
  ["PutObjectLockConfiguration", EITHER],
  ["PutObjectRetention", EITHER],
]);

/** Buckets' configurations, but for grants, which may be in headers, and policies, which are no XML. */
const DOCUMENTS = /^Put(?:Bucket(?!Policy$|Acl$)|ObjectLockConfiguration$|PublicAccessBlock$)/;

/** Bytes, where S3 says so. */
const LONGEST: ReadonlyMap<string, number> = new Map([
  ["CompleteMultipartUpload", 2_621_440],
  ["DeleteObjects", 2_048_000],
  ["PutBucketAcl", 204_800],
  ["PutBucketCors", 65_536],
  ["PutBucketEncryption", 2_097_152],
  ["PutBucketLifecycleConfiguration", 2_097_152],
  ["PutBucketOwnershipControls", 2048],
  ["PutBucketTagging", 163_840],
  ["PutBucketVersioning", 1024],
  ["PutBucketWebsite", 131_072],
  ["PutObjectAcl", 204_800],
  ["PutObjectLockConfiguration", 2_097_152],
  ["PutPublicAccessBlock", 2_097_152],
]);

/** A promise only where an algorithm has to be loaded. */
export const checkS3Body = (operation: string, { body, headers, query }: WireRequest): Promise<void> | undefined => {
  const longest = LONGEST.get(operation);
  if (longest !== undefined && body.length > longest) throw tooLong(longest);
  const md5 = headers["content-md5"];
  if (md5 !== undefined) checkMd5(md5, body);
  // Those of a completion are the object's.
  const stated = operation === "CompleteMultipartUpload" ? undefined : statedChecksum(headers);
  const demanded = DEMANDED.get(operation);
  const isStated = md5 !== undefined || stated !== undefined || headers["x-amz-trailer"] !== undefined;
  if (demanded !== undefined && !isStated && !/(?:^|&)(?:x-amz-checksum-|content-md5)/i.test(query))
    throw invalidRequest(`Missing required header for this request: ${demanded}`);
  if (body.length === 0 && DOCUMENTS.test(operation))
    throw new AwsError("MissingRequestBodyError", "Request Body is empty");
  if (stated === undefined) return undefined;
  const ready = checksumReady(stated.algorithm);
  return ready === undefined ? checkStated(stated, body) : ready.then(() => checkStated(stated, body));
};

type Stated = { readonly name: string; readonly algorithm: ChecksumAlgorithm; readonly value: string };

const statedChecksum = (headers: WireRequest["headers"]): Stated | undefined => {
  let found: Stated | undefined;
  for (const name in headers) {
    const algorithm = checksumOfHeader(name);
    if (algorithm === undefined) continue;
    if (found !== undefined)
      throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    found = { name, algorithm, value: headers[name] ?? "" };
  }
  return found;
};

const checkStated = ({ name, algorithm, value }: Stated, body: Uint8Array): undefined => {
  const computed = checksumOf(algorithm, body);
  if (value === computed) return undefined;
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== Buffer.from(computed, "base64").length || bytes.toString("base64") !== value)
    throw invalidRequest(`Value for ${name} header is invalid.`);
  throw badDigest(algorithm);
};

const checkMd5 = (stated: string, body: Uint8Array): void => {
  const bytes = Buffer.from(stated, "base64");
  if (bytes.length !== 16 || bytes.toString("base64") !== stated)
    throw new AwsError("InvalidDigest", "The Content-MD5 you specified was invalid.", {
      members: { "Content-MD5": stated },
    });
  const computed = hash("md5", body, "base64");
  if (computed !== stated)
    throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.", {
      members: { ExpectedDigest: stated, CalculatedDigest: computed },
    });
};

const tooLong = (longest: number): AwsError =>
  new AwsError("MaxMessageLengthExceeded", "Your request was too big.", {
    members: { MaxMessageLengthBytes: String(longest) },
  });

const invalidRequest = (message: string): AwsError => new AwsError("InvalidRequest", message);
