// S3's error document as an answer of a front door.

import type { HttpResponse } from "../../../cloud/service.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { s3Error, s3Headers } from "../../../protocols/s3-error.ts";
import type { Context } from "../store.ts";

export function errorDocument(error: AwsError, context: Context): HttpResponse {
  const { id } = context.request;
  const headers = s3Headers(id);
  return {
    status: error.status,
    headers: { ...headers, "content-type": "application/xml" },
    body: s3Error(error, { requestId: id, extendedRequestId: headers["x-amz-id-2"] }),
  };
}
