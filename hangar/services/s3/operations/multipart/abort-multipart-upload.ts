// Gives a multipart upload up.

import type { AbortMultipartUploadInput, AbortMultipartUploadOutput } from "../../../../models/s3.d.ts";
import { findUpload, forget } from "../../engine/uploads.ts";
import { notImplemented } from "../../errors.ts";
import { operation } from "../../store.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload = operation<AbortMultipartUploadInput, AbortMultipartUploadOutput>(
  (input, context) => {
    if (input.IfMatchInitiatedTime !== undefined) throw notImplemented("x-amz-if-match-initiated-time");
    const { found, upload } = findUpload(input, context);
    forget(found, upload);
    return {};
  },
);
