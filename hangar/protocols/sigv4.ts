// SigV4 on the receiving side: who signed a request, and whether the signature holds.
import { hash } from "node:crypto";
import { AwsError, notEmulated } from "../kernel/aws-error.ts";
import { fromHeader, fromQuery, isS3Service, type Unparsed } from "./sigv4-credential.ts";
import { canonicalRequest, stringToSign, type SignedFacts } from "./sigv4-canonical.ts";
import {
  doesNotMatch,
  expired,
  invalidSignature,
  isSkewed,
  otherDay,
  queryError,
  signedTwice,
  skewed,
  type SignatureDialect,
} from "./sigv4-errors.ts";
import { amzDateMs, hmacHex, signingKey, type Scope, type SigningKey } from "./sigv4-key.ts";
import { checkSigV2End, parseSigV2, verifySigV2 } from "./sigv2.ts";

/** A signature as the request carries it, not yet checked. */
export type Credential = Scope & {
  /** `queryV2`: S3's old presigned URLs, which name neither region nor service. */
  readonly kind: "header" | "query" | "queryV2";
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  /** Seconds a presigned URL holds; for `queryV2` the epoch second it ends. */
  readonly expires?: number;
  readonly sessionToken?: string | undefined;
};

/** Of either kind: S3's own credential scope, or the older parameters that S3 alone has. */
const isPresignedForS3 = (query: string): boolean =>
  /(?:^|&)X-Amz-Credential=[^&]*(?:\/|%2F)s3[^&%/]*(?:\/|%2F)aws4_request/i.test(query) ||
  (query.includes("AWSAccessKeyId=") && /(?:^|&)Signature=/.test(query));

/** Undefined for anonymous requests. Throws for signatures too broken to say whose they are. */
export const parseCredential = (request: Unparsed): Credential | undefined => {
  const authorization = request.headers["authorization"];
  if (authorization !== undefined) {
    if (isPresignedForS3(request.query)) throw signedTwice(authorization);
    if (authorization.startsWith("AWS4-HMAC-SHA256")) return fromHeader(request, authorization);
    if (authorization.startsWith("AWS4-ECDSA-P256-SHA256")) throw notEmulated("SigV4A signatures");
    if (authorization.startsWith("AWS "))
      throw new AwsError(
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
      );
    return undefined;
  }
  if (/(?:^|&)X-Amz-(?:Algorithm|Credential|Signature)=/.test(request.query)) return fromQuery(request.query);
  return parseSigV2(request.query);
};

export type Verification = {
  readonly request: SignedFacts & { readonly host: string };
  readonly credential: Credential;
  readonly secretAccessKey: string;
  readonly dialect: SignatureDialect;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The body as sent; undefined when it streams, whose hash is then checked as it flows. */
  readonly body?: Uint8Array | undefined;
};

/** What the chunks of an aws-chunked body are signed with, going on from the head's signature. */
export type ChunkSigning = {
  readonly accessKeyId: string;
  readonly signingKey: SigningKey;
  readonly scope: string;
  readonly amzDate: string;
  readonly signature: string;
};

const digest = /^[0-9a-f]{64}$/;

const payloadModes = [
  "UNSIGNED-PAYLOAD",
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
  "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER",
];

/** S3 takes the client's word and checks it against the body; the others hash the body themselves. */
const payloadHash = ({ credential, request, dialect, body }: Verification): string => {
  const isGiven = credential.kind === "header" || credential.signedHeaders.includes("x-amz-content-sha256");
  const given = isGiven ? request.headers["x-amz-content-sha256"] : undefined;
  if (isS3Service(credential.service) || dialect === "s3") {
    if (given === undefined && credential.kind === "header")
      throw new AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    if (given !== undefined && !digest.test(given) && !payloadModes.includes(given)) {
      const message = `x-amz-content-sha256 must be ${payloadModes.join(", ")} or a valid sha256 value.`;
      const members = { ArgumentName: "x-amz-content-sha256", ArgumentValue: given };
      throw new AwsError("InvalidArgument", message, { members });
    }
    return given ?? "UNSIGNED-PAYLOAD";
  }
  if (given !== undefined && !digest.test(given)) return given;
  return body === undefined ? (given ?? "UNSIGNED-PAYLOAD") : hash("sha256", body, "hex");
};

const checkContentHash = (given: string, body: Uint8Array | undefined): void => {
  if (body === undefined || !digest.test(given)) return;
  const computed = hash("sha256", body, "hex");
  if (computed !== given) throw contentMismatch(given, computed);
};

export const contentMismatch = (given: string, computed: string): AwsError =>
  new AwsError(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    {
      members: { ClientComputedContentSHA256: given, S3ComputedContentSHA256: computed },
    },
  );

type Timed = Pick<Verification, "credential" | "dialect" | "now">;

/** Of a presigned URL whose signature nobody can check. */
export const checkUrlTime = (timed: Timed): void =>
  timed.credential.kind === "queryV2" ? checkSigV2End(timed) : checkTime(timed);

const checkTime = ({ credential, dialect, now }: Timed): void => {
  const { amzDate, date, expires, kind } = credential;
  const at = amzDateMs(amzDate);
  if (at === undefined) {
    if (kind === "query") throw queryError("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    throw invalidSignature(
      dialect,
      `Date must be in ISO-8601 'basic format'. Got '${amzDate}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  if (!amzDate.startsWith(date)) {
    if (dialect === "s3") throw otherDay(credential);
    throw invalidSignature(
      dialect,
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${amzDate.slice(0, 8)}', from '${amzDate}'.`,
    );
  }
  if (expires === undefined) {
    if (isSkewed(at, now)) throw skewed(dialect, amzDate, at, now);
  } else if (now > at + expires * 1000) throw expired(dialect, at, expires, now);
  else if (at > now && isSkewed(at, now))
    throw dialect === "s3"
      ? new AwsError("AccessDenied", "Request is not valid yet", { status: 403 })
      : skewed(dialect, amzDate, at, now);
};

/** S3 refuses what an intermediary may have slipped in. A presigned URL says nothing of its content, whatever comes with it. */
const checkHeadersSigned = ({ credential, request }: Verification): void => {
  const { kind, signedHeaders } = credential;
  const unsigned = Object.keys(request.headers).filter(
    (name) =>
      name.startsWith("x-amz-") &&
      !signedHeaders.includes(name) &&
      !(kind === "query" && name === "x-amz-content-sha256"),
  );
  if (unsigned.length === 0) return;
  throw new AwsError("AccessDenied", "There were headers present in the request which were not signed", {
    status: 403,
    members: { HeadersNotSigned: unsigned.join(", ") },
  });
};

/** Throws what AWS would answer; returns what the chunks of a streamed body go on from. */
export const verify = (verification: Verification): ChunkSigning | undefined => {
  const { request, credential, secretAccessKey, dialect, body } = verification;
  if (credential.kind === "queryV2") {
    verifySigV2(verification);
    return undefined;
  }
  checkTime(verification);
  const isS3 = dialect === "s3" || isS3Service(credential.service);
  if (dialect === "s3") checkHeadersSigned(verification);
  const payload = payloadHash(verification);
  const { accessKeyId, signedHeaders, scope } = credential;
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash: payload, isS3 });
  const key = signingKey(secretAccessKey, credential);
  const text = stringToSign(canonical, credential.amzDate, scope);
  if (hmacHex(key, text) !== credential.signature) {
    throw doesNotMatch(dialect, {
      accessKeyId,
      signature: credential.signature,
      canonical,
      stringToSign: text,
    });
  }
  if (isS3) checkContentHash(payload, body);
  return { accessKeyId, signingKey: key, scope, amzDate: credential.amzDate, signature: credential.signature };
};
