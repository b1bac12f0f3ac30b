// The filter of lists of images.

import type { ImageRow } from "../store.ts";

export function hasTagStatus({ tags }: ImageRow, status: string | undefined): boolean {
  return status === undefined || status === "ANY" || (status === "TAGGED") === tags.length > 0;
}
