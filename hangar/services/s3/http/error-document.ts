// S3's error document as an answer of a front door.

import type { HttpResponse } from "../../../cloud/service.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { extendedIdOf, s3Error } from "../../../protocols/s3-error.ts";
import type { Context } from "../store.ts";

export function errorDocument(error: AwsError, context: Context): HttpResponse {
  const { id } = context.request;
  const facts = { requestId: id, extendedRequestId: extendedIdOf(id), resource: context.request.path };
  return {
    status: error.status,
    headers: { "content-type": "application/xml", "x-amz-request-id": id, "x-amz-id-2": facts.extendedRequestId },
    body: s3Error(error, facts),
  };
}
