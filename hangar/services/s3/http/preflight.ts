// The front door of CORS preflights: OPTIONS on a bucket or an object.

import type { HttpDoor, HttpRequest, HttpResponse } from "../../../cloud/service.ts";
import { s3Address } from "../../../protocols/s3-address.ts";
import { s3Headers } from "../../../protocols/s3-error.ts";
import { s3Error } from "../errors.ts";
import { isBucketName } from "../rules/bucket-names.ts";
import { corsHeaders, headerList, METHODS, ruleFor } from "../rules/cors.ts";
import { lookUp } from "../rules/find-bucket.ts";
import type { Context, Tables } from "../store.ts";
import { errorDocument } from "./error-document.ts";

type Asked = { readonly bucket: string; readonly isObject: boolean };

export const preflightDoor: HttpDoor<Tables> = {
  name: "s3-preflight",
  match(request) {
    if (request.method !== "OPTIONS") return undefined;
    const { bucket, path } = s3Address(request.host, request.path);
    if (bucket === undefined || !(isBucketName(bucket) || bucket.startsWith("arn:"))) return undefined;
    return { data: { bucket, isObject: path.length > 1 } satisfies Asked };
  },
  handle: (request, asked: Asked, context) => Promise.resolve(preflight(request, asked, context)),
};

function preflight(request: HttpRequest, { bucket, isObject }: Asked, context: Context): HttpResponse {
  const {
    origin,
    "access-control-request-method": method,
    "access-control-request-headers": headers,
  } = request.headers;
  if (origin === undefined) {
    return errorDocument(s3Error("BadRequest", "Insufficient information. Origin request header needed."), context);
  }
  const found = lookUp(context, bucket);
  const refuse = (message: string, type: "BUCKET" | "OBJECT"): HttpResponse =>
    errorDocument(
      s3Error("AccessForbidden", message, 403, { Method: method ?? "OPTIONS", ResourceType: type }),
      context,
    );
  if (found === undefined) return refuse("CORSResponse: Bucket not found", "BUCKET");
  if (found.bucket.cors === undefined) return refuse("CORSResponse: CORS is not enabled for this bucket.", "BUCKET");
  if (method === undefined || !METHODS.includes(method)) {
    const words = `Invalid Access-Control-Request-Method: ${method ?? "null"}`;
    return errorDocument(s3Error("BadRequest", words), context);
  }
  const asked = { origin, method, headers: headerList(headers) };
  const rule = ruleFor(found.bucket.cors, asked);
  if (rule !== undefined) {
    const headers = { ...s3Headers(context.request.id), ...corsHeaders(rule, asked), "content-length": "0" };
    return { status: 200, headers, body: "" };
  }
  const words =
    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";
  return refuse(words, isObject ? "OBJECT" : "BUCKET");
}
