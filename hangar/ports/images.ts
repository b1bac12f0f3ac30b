// What services ask of ECR: images, pulled as on AWS by somebody who may.

import type { Caller, Principal } from "../cloud/operation.ts";

export type ImageName = {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** A tag, or `sha256:…`. */
  readonly reference: string;
};

export type PulledImage = {
  /** Of its manifest. */
  readonly digest: string;
  /** Undefined for a list of images for several platforms. */
  readonly config: string | undefined;
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
  /** A layer's bytes, or the configuration's, as they were pushed. */
  read(digest: string): AsyncIterable<Uint8Array>;
};

export type ImagesPort = {
  /** Undefined when there is no such repository or image. */
  pull(name: ImageName, as: Caller | Principal): Promise<PulledImage | undefined>;
};
