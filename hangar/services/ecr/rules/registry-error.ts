// ECR's errors in the words of Docker's registry protocol.

import type { HttpResponse } from "../../../cloud/service.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";

const KNOWN: Readonly<Record<string, readonly [status: number, code: string]>> = {
  AccessDeniedException: [403, "DENIED"],
  RepositoryNotFoundException: [404, "NAME_UNKNOWN"],
  ImageNotFoundException: [404, "MANIFEST_UNKNOWN"],
  UploadNotFoundException: [404, "BLOB_UPLOAD_UNKNOWN"],
  ImageTagAlreadyExistsException: [400, "TAG_INVALID"],
  InvalidLayerException: [400, "DIGEST_INVALID"],
  ImageDigestDoesNotMatchException: [400, "DIGEST_INVALID"],
  ReferencedImagesNotFoundException: [404, "MANIFEST_BLOB_UNKNOWN"],
  InvalidLayerPartException: [416, "BLOB_UPLOAD_INVALID"],
  EmptyUploadException: [400, "BLOB_UPLOAD_INVALID"],
  LayerPartTooSmallException: [400, "BLOB_UPLOAD_INVALID"],
  InvalidParameterException: [400, "MANIFEST_INVALID"],
};

export function registryError({ code, status, message }: AwsError, method: string): HttpResponse {
  if (code === "LayersNotFoundException")
    return refusal(404, method === "PUT" ? "MANIFEST_BLOB_UNKNOWN" : "BLOB_UNKNOWN", message);
  const [known, word] = KNOWN[code] ?? [status, "UNKNOWN"];
  return refusal(known, word, message);
}

export function refusal(status: number, code: string, message: string): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ errors: [{ code, message }] }),
  };
}
