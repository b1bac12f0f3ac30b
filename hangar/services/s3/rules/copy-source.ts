// The source of a copy: `bucket/key?versionId=…`, or an access point's `ARN/object/key`, percent-encoded.

import { invalidArgument, invalidRequest, invalidVersionId } from "../errors.ts";

export type CopySource = { readonly bucket: string; readonly key: string; readonly versionId: string | undefined };

export function copySourceOf(text: string): CopySource {
  const [path = "", query] = splitOnce(text, "?versionId=");
  if (query === "") throw invalidVersionId("", "x-amz-copy-source");
  const plain = decode(path.startsWith("/") ? path.slice(1) : path);
  const mark = plain.startsWith("arn:") ? "/object/" : "/";
  const at = plain.indexOf(mark);
  const start = at + mark.length;
  if (at <= 0 || start === plain.length) {
    throw invalidArgument("Invalid copy source object key", "x-amz-copy-source", "x-amz-copy-source");
  }
  return {
    bucket: plain.slice(0, at),
    key: plain.slice(start),
    versionId: query === undefined ? undefined : decode(query),
  };
}

/** As policies know it: however it was encoded, it is one place. */
export function copySourceText(text: string): string {
  const [path = "", version] = splitOnce(text, "?versionId=");
  const plain = decode(path.replace(/^\//, ""));
  return version === undefined ? plain : `${plain}?versionId=${version}`;
}

/** What one request may copy: 5 GB. Larger objects are copied in parts. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const LARGEST = 5 * 1024 ** 3;

export function checkSourceSize(size: number): void {
  if (size <= LARGEST) return;
  const message = `The specified copy source is larger than the maximum allowable size for a copy source: ${LARGEST}`;
  throw invalidRequest(message);
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.lastIndexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Percent signs that encode nothing stand for themselves. */
function decode(text: string): string {
  try {
    const plain = decodeURIComponent(text.replaceAll("+", "%20").replaceAll(/%(?![\da-f]{2})/gi, "%25"));
    if (!plain.includes("\0")) return plain;
  } catch {
    // What is encoded is no UTF-8.
  }
  throw invalidArgument("Invalid copy source encoding", "x-amz-copy-source", text);
}
