// An image as container engines load it: https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format

import type { PulledImage } from "../../../ports/images.ts";

const BLOCK = 512;

/** A tar of the configuration, the layers as they were pushed, and a list of both. */
export async function* imageArchive(image: PulledImage, config: string, name: string): AsyncGenerator<Uint8Array> {
  const layers = image.layers.map(({ digest, size }) => ({ path: pathOf(digest), digest, size }));
  const configPath = pathOf(config);
  const list = [{ Config: configPath, RepoTags: [name], Layers: layers.map(({ path }) => path) }];
  yield* file("manifest.json", Buffer.from(JSON.stringify(list)));
  const chunks: Uint8Array[] = [];
  for await (const chunk of image.read(config)) chunks.push(chunk);
  yield* file(configPath, Buffer.concat(chunks));
  // An image may have a layer twice, a tar has it once.
  const once = new Map(layers.map((layer) => [layer.path, layer]));
  for (const { path, digest, size } of once.values()) {
    yield header(path, size);
    yield* image.read(digest);
    yield padding(size);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** No longer than a tar's header takes. */
const pathOf = (digest: string): string => `blobs/${digest.slice("sha256:".length)}`;

function* file(name: string, bytes: Uint8Array): Generator<Uint8Array> {
  yield header(name, bytes.length);
  yield bytes;
  yield padding(bytes.length);
}

const padding = (size: number): Uint8Array => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 */
function header(name: string, size: number): Uint8Array {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, "0")}\0`;
  block.write(name, 0);
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write("        0", 148);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
