// Operations of multipart uploads, by API name.

import { abortMultipartUpload } from "../operations/multipart/abort-multipart-upload.ts";
import { completeMultipartUpload } from "../operations/multipart/complete-multipart-upload.ts";
import { createMultipartUpload } from "../operations/multipart/create-multipart-upload.ts";
import { listMultipartUploads } from "../operations/multipart/list-multipart-uploads.ts";
import { listParts } from "../operations/multipart/list-parts.ts";
import { uploadPartCopy } from "../operations/multipart/upload-part-copy.ts";
import { uploadPart } from "../operations/multipart/upload-part.ts";

export const multipartOperations = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CreateMultipartUpload: createMultipartUpload,
  ListMultipartUploads: listMultipartUploads,
  ListParts: listParts,
  UploadPartCopy: uploadPartCopy,
  UploadPart: uploadPart,
};
