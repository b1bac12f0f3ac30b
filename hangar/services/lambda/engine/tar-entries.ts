// What a tar holds, without what is in its files. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06

const BLOCK = 512;
/** A file, a link or a directory; other headers say more of the next one. */
const TYPES = /[\0-57]/;

export type TarEntry = {
  readonly name: string;
  readonly mode: number;
  readonly directory: boolean;
};

/** Reads to the end. Of names no more than a header's hundred bytes. */
export async function* tarEntries(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  let rest = Buffer.alloc(0);
  let skipped = 0;
  for await (const chunk of archive) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= skipped + BLOCK) {
      const header = rest.subarray(skipped, skipped + BLOCK);
      rest = rest.subarray(skipped + BLOCK);
      skipped = Math.ceil(octal(header, 124, 12) / BLOCK) * BLOCK;
      const type = header.toString("latin1", 156, 157);
      if (header[0] !== 0 && TYPES.test(type))
        yield { name: text(header, 0, 100), mode: octal(header, 100, 8), directory: type === "5" };
    }
    const passed = Math.min(skipped, rest.length);
    rest = rest.subarray(passed);
    skipped -= passed;
  }
}

const octal = (header: Buffer, at: number, length: number): number => Number.parseInt(text(header, at, length), 8) || 0;

function text(header: Buffer, at: number, length: number): string {
  const [value = ""] = header.toString("utf8", at, at + length).split("\0");
  return value;
}
