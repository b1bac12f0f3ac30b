// Multipart uploads as the recorded tests made them.

import type { Answer, Session } from "./session.ts";

const SMALLEST = 5_242_880;

export type Uploaded = { readonly Key: string; readonly data?: string; readonly parts?: number; readonly ACL?: string };

/** Uploads `data` in parts of at least 5 MiB but the last, and completes. */
export async function multipart(
  s: Session,
  { Key, data = "x".repeat(40), parts = 1, ...more }: Uploaded,
): Promise<Answer> {
  const { UploadId } = await s.do("CreateMultipartUpload", { Key, ...more });
  const Parts: object[] = [];
  for (let PartNumber = 1; PartNumber <= parts; PartNumber += 1) {
    const Body = PartNumber < parts ? data.repeat(Math.floor(SMALLEST / data.length) + 1) : data;
    const { ETag } = await s.do("UploadPart", { Key, UploadId, PartNumber, Body });
    Parts.push({ ETag, PartNumber });
  }
  return s.do("CompleteMultipartUpload", { Key, UploadId, MultipartUpload: { Parts } });
}

/** 5 MiB and a byte of the letter a. */
export const LARGE = "a".repeat(SMALLEST + 1);
