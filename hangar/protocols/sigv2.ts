// S3's signature version 2, which boto3 still presigns URLs with.
import { scopeOf } from "./sigv4-key.ts";
import { createHmac } from "node:crypto";
import { AwsError } from "../kernel/aws-error.ts";
import { decodeForm, parsePairs } from "./form.ts";
import { s3Address } from "./s3-address.ts";
import type { Credential, Verification } from "./sigv4.ts";
import { doesNotMatch } from "./sigv4-errors.ts";

/** Query parameters that are part of the resource. */
const subresources: ReadonlySet<string> = new Set([
  "accelerate",
  "acl",
  "cors",
  "defaultObjectAcl",
  "delete",
  "inventory",
  "lifecycle",
  "location",
  "logging",
  "metrics",
  "notification",
  "partNumber",
  "policy",
  "replication",
  "requestPayment",
  "restore",
  "tagging",
  "torrent",
  "uploadId",
  "uploads",
  "versionId",
  "versioning",
  "versions",
  "website",
]);

const isSubresource = (name: string): boolean => subresources.has(name) || name.startsWith("response-");

export const parseSigV2 = (query: string): Credential | undefined => {
  if (!query.includes("AWSAccessKeyId=")) return undefined;
  const params = new Map(parsePairs(query));
  const [accessKeyId, signature, expires] = ["AWSAccessKeyId", "Signature", "Expires"].map((name) => params.get(name));
  if (accessKeyId === undefined || signature === undefined || expires === undefined) {
    throw new AwsError(
      "AccessDenied",
      "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
      { status: 403 },
    );
  }
  const token = params.get("x-amz-security-token");
  return {
    kind: "queryV2",
    accessKeyId,
    ...scopeOf("", "us-east-1", "s3"),
    signedHeaders: [],
    signature,
    amzDate: "",
    expires: Number(expires),
    ...(token === undefined ? {} : { sessionToken: token }),
  };
};

const resourceOf = ({ request }: Verification): string => {
  const { bucket, path } = s3Address(request.host, request.path);
  const pairs = request.query
    .split("&")
    .flatMap((pair) => {
      const [name = "", ...value] = pair.split("=");
      const plain = decodeForm(name);
      return isSubresource(plain) ? [value.length === 0 ? plain : `${plain}=${decodeForm(value.join("="))}`] : [];
    })
    .sort();
  const resource = bucket === undefined ? path : `/${bucket}${path}`;
  return pairs.length === 0 ? resource : `${resource}?${pairs.join("&")}`;
};

const amzHeaders = ({ request }: Verification): string => {
  const query = parsePairs(request.query).filter(([name]) => name.startsWith("x-amz-"));
  const all = [...Object.entries(request.headers).filter(([name]) => name.startsWith("x-amz-")), ...query];
  return all
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join("");
};

type Timed = Pick<Verification, "credential" | "now">;

/** Throws what S3 would answer when the URL has ended. */
export const checkSigV2End = ({ credential, now }: Timed): void => {
  const end = credential.expires ?? Number.NaN;
  if (Number.isNaN(end))
    throw new AwsError("AccessDenied", `Invalid date (should be seconds since epoch): ${String(end)}`, { status: 403 });
  if (now <= end * 1000) return;
  const members = {
    Expires: new Date(end * 1000).toISOString().replace(".000Z", "Z"),
    ServerTime: new Date(now).toISOString().replace(/\.\d{3}Z/, "Z"),
  };
  throw new AwsError("AccessDenied", "Request has expired", { status: 403, members });
};

export const verifySigV2 = (verification: Verification): void => {
  const { request, credential, secretAccessKey } = verification;
  checkSigV2End(verification);
  const head = [
    request.method,
    request.headers["content-md5"] ?? "",
    request.headers["content-type"] ?? "",
    String(credential.expires),
  ].join("\n");
  const text = `${head}\n${amzHeaders(verification)}${resourceOf(verification)}`;
  if (createHmac("sha1", secretAccessKey).update(text).digest("base64") !== credential.signature) {
    throw doesNotMatch("s3", {
      accessKeyId: credential.accessKeyId,
      signature: credential.signature,
      stringToSign: text,
    });
  }
};
