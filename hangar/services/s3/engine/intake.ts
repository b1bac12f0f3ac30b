// A body on its way in: kept and checked against the digests its request states.

import { badDigest, invalidDigest, invalidRequest, s3Error } from "../errors.ts";
import { checkShape, claimedChecksum, isAlgorithm, mismatch, type ChecksumMembers } from "../rules/checksums.ts";
import type { LockInput } from "../rules/locks.ts";
import type { Checksum, ChecksumAlgorithm, Context } from "../store.ts";
import { receive, type Body, type Received } from "./body.ts";

export type BodyInput = ChecksumMembers & {
  readonly Body?: Body;
  readonly ContentLength?: number | undefined;
  readonly ContentMD5?: string | undefined;
  readonly UploadId?: string | undefined;
  readonly ChecksumAlgorithm?: string | undefined;
};

export type Intake = Received & {
  /** The checksum that the request chose, stated or sent as a trailer. */
  readonly chosen: Checksum | undefined;
};

type Claim = { readonly algorithm: ChecksumAlgorithm; readonly value?: string };

/** `more` are digests wanted besides. */
export async function takeIn(
  context: Context,
  input: BodyInput,
  secret: Uint8Array,
  more: (chosen: ChecksumAlgorithm | undefined) => readonly ChecksumAlgorithm[],
): Promise<Intake> {
  const claim = claimOf(context, input);
  const expectedMd5 = input.ContentMD5 === undefined ? undefined : md5Of(input.ContentMD5);
  const wanted = new Set([...(claim === undefined ? [] : [claim.algorithm]), ...more(claim?.algorithm)]);
  const length = lengthOf(context, input);
  const received = await receive(context, input.Body, { secret, wanted: [...wanted], length });
  if (expectedMd5 !== undefined && expectedMd5 !== received.md5) {
    throw badDigest("The Content-MD5 you specified did not match what we received.", {
      // An object's is answered in hex, a part's as it came.
      ExpectedDigest: input.UploadId === undefined ? expectedMd5 : input.ContentMD5,
      CalculatedDigest: Buffer.from(received.md5, "hex").toString("base64"),
    });
  }
  checkLength(context, input, received.segment.size);
  if (claim === undefined) return { ...received, chosen: undefined };
  const value = received.checksums.get(claim.algorithm) ?? "";
  if (claim.value !== undefined && claim.value !== value) throw mismatch(claim.algorithm);
  return { ...received, chosen: { algorithm: claim.algorithm, value, type: "FULL_OBJECT" } };
}

/** What nobody may change afterwards is to be what its sender meant. */
export function checkLockDigest({ request }: Context, input: BodyInput & LockInput): void {
  if (input.ObjectLockRetainUntilDate === undefined || request.method !== "PUT") return;
  const isStated = input.ContentMD5 !== undefined || request.headers["x-amz-trailer"] !== undefined;
  if (isStated || claimedChecksum(input) !== undefined) return;
  throw invalidRequest(
    "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters",
  );
}

/** A body that ends early is no object. Chunked bodies state their true length beside the wire's. */
function checkLength(context: Context, input: BodyInput, size: number): void {
  const { Body: body } = input;
  const expected = lengthOf(context, input);
  const streams = typeof body === "object" && !(body instanceof Uint8Array);
  if (expected !== undefined && streams && size < expected && context.request.method === "PUT") {
    throw s3Error(
      "IncompleteBody",
      "You did not provide the number of bytes specified by the Content-Length HTTP header.",
    );
  }
}

function lengthOf(context: Context, { ContentLength: length }: BodyInput): number | undefined {
  const decoded = context.request.headers["x-amz-decoded-content-length"];
  return decoded === undefined ? length : Number(decoded);
}

function claimOf(context: Context, input: BodyInput): Claim | undefined {
  const stated = claimedChecksum(input);
  const { headers } = context.request;
  const named = headers["x-amz-sdk-checksum-algorithm"];
  if (named !== undefined && !isAlgorithm(named.toUpperCase())) throw wrongName();
  if (stated !== undefined) {
    if (named !== undefined && named.toUpperCase() !== stated.algorithm) throw wrongName();
    checkShape(stated);
    return stated;
  }
  const trailer = /^x-amz-checksum-([a-z0-9]+)$/.exec(headers["x-amz-trailer"] ?? "")?.[1]?.toUpperCase();
  if (trailer !== undefined) {
    if (!isAlgorithm(trailer)) {
      throw invalidRequest("The value specified in the x-amz-trailer header is not supported");
    }
    return { algorithm: trailer };
  }
  for (const name in headers)
    if (UNKNOWN.test(name))
      throw invalidRequest("The algorithm type you specified in x-amz-checksum- header is invalid.");
  if (input.ChecksumAlgorithm === undefined || named === undefined) return undefined;
  const message =
    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.";
  throw invalidRequest(message);
}

/** No claim has been read, so that whatever is named here is none of S3's algorithms. */
const UNKNOWN = /^x-amz-checksum-(?!algorithm$|type$|mode$)/;

function wrongName(): Error {
  return invalidRequest("Value for x-amz-sdk-checksum-algorithm header is invalid.");
}

function md5Of(text: string): string {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 16 || bytes.toString("base64") !== text) throw invalidDigest(text);
  return bytes.toString("hex");
}
