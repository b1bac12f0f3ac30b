// What AWS says about signatures it does not accept: S3 in its words, query services in theirs, JSON services in theirs.
import { hash } from "node:crypto";
import { AwsError } from "../kernel/aws-error.ts";
import type { ServiceModel } from "../models/model.ts";
import { amzDateOf } from "./sigv4-key.ts";

export type SignatureDialect = "s3" | "query" | "json" | "rest";

export const signatureDialect = (model: ServiceModel): SignatureDialect => {
  if (model.service === "s3") return "s3";
  const [first] = model.protocols;
  if (first === "awsQuery" || first === "ec2Query" || first === "restXml") return "query";
  return first === "restJson1" ? "rest" : "json";
};

const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

const minutes15 = 15 * 60_000;

/** Query and XML services say SignatureDoesNotMatch, JSON ones InvalidSignatureException; awsJson alone answers 400. */
export const invalidSignature = (dialect: SignatureDialect, message: string): AwsError => {
  if (dialect === "s3" || dialect === "query") return new AwsError("SignatureDoesNotMatch", message, { status: 403 });
  return new AwsError("InvalidSignatureException", message, { status: dialect === "json" ? 400 : 403 });
};

const spaced = (text: string): string =>
  Buffer.from(text, "utf8")
    .toString("hex")
    .replaceAll(/(..)(?=.)/g, "$1 ");

export type Mismatch = {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly canonical?: string;
  readonly stringToSign: string;
};

export const doesNotMatch = (
  dialect: SignatureDialect,
  { accessKeyId, signature, canonical, stringToSign }: Mismatch,
): AwsError => {
  if (dialect !== "s3") return invalidSignature(dialect, mismatch);
  return new AwsError(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    {
      status: 403,
      members: {
        AWSAccessKeyId: accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: signature,
        StringToSignBytes: spaced(stringToSign),
        ...(canonical === undefined ? {} : { CanonicalRequest: canonical, CanonicalRequestBytes: spaced(canonical) }),
      },
    },
  );
};

export const skewed = (dialect: SignatureDialect, amzDate: string, at: number, now: number): AwsError => {
  if (dialect === "s3") {
    return new AwsError(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      {
        status: 403,
        members: { RequestTime: amzDate, ServerTime: iso(now), MaxAllowedSkewMilliseconds: minutes15 },
      },
    );
  }
  const server = amzDateOf(now);
  return invalidSignature(
    dialect,
    at < now
      ? `Signature expired: ${amzDate} is now earlier than ${amzDateOf(now - minutes15)} (${server} - 15 min.)`
      : `Signature not yet current: ${amzDate} is still later than ${amzDateOf(now + minutes15)} (${server} + 15 min.)`,
  );
};

export const isSkewed = (at: number, now: number): boolean => Math.abs(at - now) > minutes15;

const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");

export const expired = (dialect: SignatureDialect, at: number, expires: number, now: number): AwsError => {
  const end = at + expires * 1000;
  if (dialect !== "s3")
    return invalidSignature(dialect, `Signature expired: ${amzDateOf(end)} is now earlier than ${amzDateOf(now)}`);
  return new AwsError("AccessDenied", "Request has expired", {
    status: 403,
    members: { "X-Amz-Expires": expires, Expires: iso(end), ServerTime: iso(now) },
  });
};

export const queryError = (message: string): AwsError => new AwsError("AuthorizationQueryParametersError", message);

const malformedCredential =
  'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';

export const malformedQueryCredential = (): AwsError =>
  queryError(`Error parsing the X-Amz-Credential parameter; ${malformedCredential}`);

/** S3 names the region that it takes, and its clients sign once more for that. */
export const wrongRegion = (kind: "header" | "query", region: string, expected: string): AwsError => {
  const [code, what] =
    kind === "header"
      ? ["AuthorizationHeaderMalformed", "The authorization header is malformed"]
      : ["AuthorizationQueryParametersError", "Error parsing the X-Amz-Credential parameter"];
  const message = `${what}; the region '${region}' is wrong; expecting '${expected}'`;
  return new AwsError(code, message, { members: { Region: expected } });
};

/** A credential's day and the request's. */
export const otherDay = (credential: { kind: string; date: string; amzDate: string }): AwsError => {
  const { kind, date, amzDate } = credential;
  const message = `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${amzDate.slice(0, 8)}".`;
  return kind === "query"
    ? queryError(message)
    : new AwsError("AuthorizationHeaderMalformed", `The authorization header is malformed; ${message}`);
};

/** S3 is told once who calls. */
export const signedTwice = (authorization: string): AwsError =>
  new AwsError(
    "InvalidArgument",
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    { members: { ArgumentName: "Authorization", ArgumentValue: authorization } },
  );

/** What an Authorization header lacks. The header itself is only named by its hash. */
export const incomplete = (dialect: SignatureDialect, authorization: string, lacking: readonly string[]): AwsError => {
  if (dialect === "s3")
    return new AwsError(
      "AuthorizationHeaderMalformed",
      `The authorization header is malformed; ${malformedCredential}`,
    );
  const code = dialect === "query" ? "IncompleteSignature" : "IncompleteSignatureException";
  const digest = hash("sha256", authorization, "base64");
  return new AwsError(
    code,
    `${lacking.join(" ")} (Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`,
    {
      status: dialect === "rest" ? 403 : 400,
    },
  );
};
