// The front door of browser uploads: POST of a multipart form to a bucket.

import type { Context as AnyContext, Operation as AnyOperation } from "../../../cloud/operation.ts";
import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { PutObjectInput, PutObjectOutput } from "../../../models/s3.d.ts";
import { amzDateMs } from "../../../protocols/sigv4-key.ts";
import { parseXml } from "../../../protocols/xml-parse.ts";
import { s3Address } from "../../../protocols/s3-address.ts";
import { s3Headers } from "../../../protocols/s3-error.ts";
import { escapeXml } from "../../../protocols/xml-write.ts";
import { boundaryOf, readForm, type Form } from "../engine/form-data.ts";
import { signerOf } from "../engine/form-signer.ts";
import {
  entityTooLarge,
  entityTooSmall,
  invalidArgument,
  malformedXml,
  noSuchBucket,
  preconditionFailed,
} from "../errors.ts";
import { putObject } from "../operations/object/put-object.ts";
import { objectUrl } from "../rules/addresses.ts";
import { ALGORITHMS } from "../rules/checksums.ts";
import { isBucketName } from "../rules/bucket-names.ts";
import { noteForm } from "../rules/condition-keys.ts";
import { checkForm, parsePostPolicy, type SizeLimits } from "../rules/post-policy.ts";
import { placeOf, type Context, type Tables } from "../store.ts";
import { errorDocument } from "./error-document.ts";
import { responseHeaders } from "./response-headers.ts";

export const formDoor: HttpDoor<Tables> = {
  name: "s3-form-upload",
  match(request) {
    if (request.method !== "POST" || request.query !== "") return undefined;
    const { bucket, path } = s3Address(request.host, request.path);
    return bucket === undefined || !isBucketName(bucket) || path.length > 1 ? undefined : { data: bucket };
  },
  async handle(request, bucket: string, context) {
    const answered = await answerOf(request, bucket, context);
    const facts = { operation: "PostObject", input: { Bucket: bucket }, request: context.request };
    const headers = { ...s3Headers(context.request.id), ...answered.headers, ...responseHeaders(facts, context) };
    return { ...answered, headers };
  },
};

async function answerOf(request: HttpRequest, bucket: string, context: Context): Promise<HttpResponse> {
  try {
    return await upload(request, bucket, context);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return errorDocument(error, context);
  }
}

async function upload(request: HttpRequest, bucket: string, context: Context): Promise<HttpResponse> {
  const boundary = boundaryOf(request.headers["content-type"]);
  if (boundary === undefined) throw preconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data");
  const form = await readForm(request.body, boundary);
  const fields = expanded(form).set("bucket", bucket);
  const key = fields.get("key");
  if (key === undefined) {
    throw invalidArgument(
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
      "key",
      "",
    );
  }
  if (key === "") throw invalidArgument("User key must have a length greater than 0.", "key", "");
  const place = placeOf(context, bucket);
  const as = signerOf(context, fields, place?.region);
  if (place === undefined) throw noSuchBucket(bucket);
  const policy = fields.get("policy");
  const limits =
    policy === undefined ? undefined : checkForm(parsePostPolicy(policy), fields, nowOfSigner(context, fields));
  const input: PutObjectInput = { ...inputOf(fields), Bucket: bucket, Key: key, Body: limited(form, limits) };
  noteForm(context.request, fields);
  const call = (context as unknown as AnyContext).call.bind(context);
  const output = await call(putObject as AnyOperation<PutObjectInput, PutObjectOutput>, input, {
    as,
    account: place.account,
    region: place.region,
  });
  return answer({ fields, bucket, key, output, origin: request.origin });
}

/** Any field may name the file, and the policy is asked about the names that result. A file without a name names nothing, as recorded. */
function expanded({ fields, fileName }: Form): Map<string, string> {
  if (fileName === undefined) return new Map(fields);
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return new Map([...fields].map(([field, value]) => [field, value.replaceAll("${filename}", () => name)]));
}

async function* limited({ file }: Form, limits: SizeLimits | undefined): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of file) {
    size += chunk.length;
    if (limits !== undefined && size > limits.most) throw entityTooLarge(size, limits.most);
    yield chunk;
  }
  if (limits !== undefined && size < limits.least) {
    const members = { ProposedSize: String(size), MinSizeAllowed: String(limits.least) };
    throw entityTooSmall("Your proposed upload is smaller than the minimum allowed size", members);
  }
}

/** Form fields that are headers of a PUT. */
const MEMBERS: Readonly<Record<string, keyof PutObjectInput>> = {
  acl: "ACL",
  "cache-control": "CacheControl",
  "content-type": "ContentType",
  "content-disposition": "ContentDisposition",
  "content-encoding": "ContentEncoding",
  expires: "Expires",
  "content-md5": "ContentMD5",
  "x-amz-storage-class": "StorageClass",
  "x-amz-website-redirect-location": "WebsiteRedirectLocation",
  "x-amz-server-side-encryption": "ServerSideEncryption",
  "x-amz-server-side-encryption-aws-kms-key-id": "SSEKMSKeyId",
  "x-amz-server-side-encryption-context": "SSEKMSEncryptionContext",
  "x-amz-server-side-encryption-customer-algorithm": "SSECustomerAlgorithm",
  "x-amz-server-side-encryption-customer-key": "SSECustomerKey",
  "x-amz-server-side-encryption-customer-key-md5": "SSECustomerKeyMD5",
  ...Object.fromEntries(
    Object.entries(ALGORITHMS).map(([name, { member }]) => [`x-amz-checksum-${name.toLowerCase()}`, member]),
  ),
};

/** A policy ends by the world's time since it was signed: its signer knows nothing of a clock that was moved. */
function nowOfSigner({ clock }: Context, fields: ReadonlyMap<string, string>): number {
  const signed = amzDateMs(fields.get("x-amz-date") ?? "");
  return signed === undefined ? clock.now() : signed + clock.since(signed);
}

function inputOf(fields: ReadonlyMap<string, string>): Partial<PutObjectInput> {
  const input: Record<string, unknown> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of fields) {
    const member = MEMBERS[name];
    if (member !== undefined) input[member] = value;
    else if (name.startsWith("x-amz-meta-")) metadata[name.slice("x-amz-meta-".length)] = asWritten(value);
  }
  const tagging = fields.get("tagging");
  if (tagging !== undefined) input["Tagging"] = tagsOf(tagging);
  if (Object.keys(metadata).length > 0) input["Metadata"] = metadata;
  return input;
}

/** A form's text is what it is; a header's would be decoded. */
function asWritten(value: string): string {
  return `=?UTF-8?B?${Buffer.from(value, "utf8").toString("base64")}?=`;
}

/** An XML document here, where PutObject has a query string. */
function tagsOf(xml: string): string {
  if (!xml.trimStart().startsWith("<")) throw malformedXml();
  parseXml(Buffer.from(xml).toString("utf8"));
  const tags = [...xml.matchAll(/<Tag>\s*<Key>([^<]*)<\/Key>\s*<Value>([^<]*)<\/Value>\s*<\/Tag>/g)];
  return tags
    .map(([, key = "", value = ""]) => `${encodeURIComponent(plain(key))}=${encodeURIComponent(plain(value))}`)
    .join("&");
}

function plain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}

type Done = {
  readonly fields: ReadonlyMap<string, string>;
  readonly bucket: string;
  readonly key: string;
  readonly output: PutObjectOutput;
  readonly origin: string;
};

function answer({ fields, bucket, key, output, origin }: Done): HttpResponse {
  const location = objectUrl(origin, bucket, key);
  const etag = output.ETag ?? "";
  const headers = {
    location,
    etag,
    ...(output.VersionId === undefined ? {} : { "x-amz-version-id": output.VersionId }),
  };
  const redirect = fields.get("success_action_redirect") ?? fields.get("redirect");
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect);
    for (const [name, value] of [
      ["bucket", bucket],
      ["key", key],
      ["etag", etag],
    ] as const)
      url.searchParams.set(name, value);
    return { status: 303, headers: { ...headers, location: url.href }, body: "" };
  }
  const status = fields.get("success_action_status");
  if (status === "200") return { status: 200, headers, body: "" };
  if (status !== "201") return { status: 204, headers };
  const members = { Location: location, Bucket: bucket, Key: key, ETag: etag };
  const content = Object.entries(members).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return {
    status: 201,
    headers: { ...headers, "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${content.join("")}</PostResponse>`,
  };
}
