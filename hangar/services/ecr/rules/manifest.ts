// What a manifest says of its image. https://github.com/opencontainers/image-spec/blob/main/manifest.md

type Descriptor = {
  readonly digest: string;
  readonly size: number;
  readonly mediaType?: string;
  readonly urls?: readonly string[];
};

export type Manifest = {
  readonly mediaType: string | undefined;
  readonly config: Descriptor | undefined;
  readonly layers: readonly Descriptor[];
  /** Of a list of images for several platforms. */
  readonly manifests: readonly Descriptor[];
};

/** Undefined when it is none. */
export function readManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { mediaType, config, layers, manifests } = value as Readonly<Record<string, unknown>>;
  const image = isDescriptor(config) && isList(layers);
  if (!image && !isList(manifests)) return undefined;
  return {
    mediaType: typeof mediaType === "string" ? mediaType : undefined,
    config: image ? config : undefined,
    layers: image ? layers : [],
    manifests: isList(manifests) ? manifests : [],
  };
}

function isDescriptor(value: unknown): value is Descriptor {
  const { digest, size } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof digest === "string" && /^sha256:[0-9a-f]{64}$/.test(digest) && typeof size === "number";
}

const isList = (value: unknown): value is readonly Descriptor[] => Array.isArray(value) && value.every(isDescriptor);

/** What must be in the repository before it: layers with addresses of their own are elsewhere. */
export function layersOf({ config, layers }: Manifest): string[] {
  const own = [...(config === undefined ? [] : [config]), ...layers].filter((each) => each.urls === undefined);
  return [...new Set(own.map((each) => each.digest))];
}

export const sizeOf = ({ layers }: Manifest): number => layers.reduce((total, { size }) => total + size, 0);
