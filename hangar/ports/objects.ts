// What services ask of S3: whole small objects and streams, through the real operations.

import type { Caller } from "../cloud/operation.ts";

export type ObjectBody = {
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number;
  readonly etag: string;
  readonly versionId?: string | undefined;
  readonly blob: string | undefined;
};

/** `as` absent: the calling context's own caller. */
export type ObjectsPort = {
  get(
    bucket: string,
    key: string,
    options?: { readonly versionId?: string | undefined; readonly as?: Caller | undefined },
  ): Promise<ObjectBody>;
  /** The whole object; refused above 300 MB. */
  bytes(
    bucket: string,
    key: string,
    options?: { readonly versionId?: string | undefined; readonly as?: Caller | undefined },
  ): Promise<Uint8Array>;
  put(
    bucket: string,
    key: string,
    body: Uint8Array | string,
    options?: { readonly contentType?: string | undefined; readonly as?: Caller | undefined },
  ): Promise<void>;
};
