// Whether an upload may pass: it is a picture, the one that was announced, and not too large.
import { imageKind } from "./image-kind.ts";

const largestPicture = 10 * 1024 * 1024;

/** Why the upload is refused; undefined when it passes. */
export function refusalOf(upload: {
  readonly announced: string | undefined;
  readonly bytes: number;
  readonly head: Uint8Array;
}): string | undefined {
  if (upload.bytes === 0) return "The file is empty";
  if (upload.bytes > largestPicture) return "The file is larger than 10 MB";
  const kind = imageKind(upload.head);
  if (kind === undefined) return "The file is not a JPEG, PNG or GIF picture";
  if (kind !== upload.announced) return `The file is ${kind}, not ${upload.announced ?? "what was announced"}`;
  return undefined;
}
