// What services ask of S3: whole small objects, streams and listings, through the real operations.

import type { Caller } from "../cloud/operation.ts";

export type ObjectBody = {
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number;
  readonly etag: string;
  readonly versionId?: string | undefined;
  readonly blob: string | undefined;
};

export type ListedObject = { readonly key: string; readonly size: number };

/** `as` absent: the calling context's own caller. */
type By = {
  readonly as?: Caller | undefined;
  /** The account the bucket must belong to. */
  readonly owner?: string | undefined;
};

export type ObjectsPort = {
  /** `region`: the only one where the bucket may be; PermanentRedirect elsewhere. */
  get(
    bucket: string,
    key: string,
    options?: By & { readonly versionId?: string | undefined; readonly region?: string | undefined },
  ): Promise<ObjectBody>;
  /** The whole object; refused above 300 MB. */
  bytes(bucket: string, key: string, options?: By & { readonly versionId?: string | undefined }): Promise<Uint8Array>;
  put(
    bucket: string,
    key: string,
    body: Uint8Array | string,
    options?: By & {
      readonly contentType?: string | undefined;
      /** `AES256` or `aws:kms`; the bucket's own when absent. */
      readonly encryption?: string | undefined;
      readonly kmsKeyId?: string | undefined;
    },
  ): Promise<{ readonly etag: string }>;
  /** All objects whose key starts with a prefix, in order of key. */
  list(bucket: string, prefix: string, options?: By): AsyncIterable<ListedObject>;
};
