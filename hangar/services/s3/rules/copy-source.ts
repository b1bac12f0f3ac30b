// The source of a copy: `bucket/key?versionId=…`, or an access point's `ARN/object/key`, percent-encoded.

import { invalidArgument } from "../errors.ts";

export type CopySource = { readonly bucket: string; readonly key: string; readonly versionId: string | undefined };

export function copySourceOf(text: string): CopySource {
  const [path = "", query = ""] = splitOnce(text, "?versionId=");
  const plain = decode(path.startsWith("/") ? path.slice(1) : path);
  const mark = plain.startsWith("arn:") ? "/object/" : "/";
  const at = plain.indexOf(mark);
  const start = at + mark.length;
  if (at <= 0 || start === plain.length) {
    throw invalidArgument("Invalid copy source object key", "x-amz-copy-source", "x-amz-copy-source");
  }
  return { bucket: plain.slice(0, at), key: plain.slice(start), versionId: query === "" ? undefined : query };
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.lastIndexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Percent signs that encode nothing stand for themselves. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
}
