// Reads the objects of an import: decompressed, a line at a time, each line as the items it holds.

import { pipeline, Readable } from "node:stream";
import * as zlib from "node:zlib";
import type { Item } from "../rules/attribute-value.ts";
import { CsvRecords } from "../rules/import/csv-records.ts";
import { itemsOfIon } from "../rules/import/ion-line.ts";
import { itemOfJson } from "../rules/import/json-line.ts";
import { LineSplitter } from "../rules/import/split-lines.ts";
import { UnreadableText } from "../rules/import/unreadable.ts";
import type { ImportRow } from "../store.ts";

/** What a compressed object may come to: a small one can be made that has no end. */
const MAX_BYTES = 1024 ** 3;
const DECOMPRESSION_FAILED = /^(?:Z|ZSTD)_/;

/** Node has no zstd before 22.15: a named import of it would keep the whole service from loading there. */
export const zstdKnown = typeof zlib.createZstdDecompress === "function";

function decompressed(source: AsyncIterable<Uint8Array>, compression: string): AsyncIterable<Uint8Array> {
  if (compression === "NONE") return source;
  const inflating = compression === "GZIP" ? zlib.createGunzip() : zlib.createZstdDecompress();
  // Whoever reads `inflating` is told of every failure: there is nothing to add.
  pipeline(Readable.from(source), inflating, () => undefined);
  return inflating;
}

export type ObjectReader = {
  /** Called for each item in order; `index` counts from 0. */
  readonly onItem: (item: Item, index: number) => void;
  readonly onBytes: (bytes: number) => void;
};

/** Answers why the rest of the object was left alone, if it was. What S3 refuses is thrown. */
export async function readObject(
  source: AsyncIterable<Uint8Array>,
  row: ImportRow,
  { onItem, onBytes }: ObjectReader,
): Promise<string | undefined> {
  const compression = row.compression ?? "NONE";
  const text = textReader(row, onItem);
  let read = 0;
  try {
    for await (const chunk of decompressed(source, compression)) {
      onBytes(chunk.length);
      read += chunk.length;
      text.take(chunk);
      if (compression !== "NONE" && read > MAX_BYTES)
        throw new UnreadableText(`The object has more than ${MAX_BYTES} bytes when it is decompressed.`);
    }
    text.end();
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableText) return error.message;
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (typeof code === "string" && DECOMPRESSION_FAILED.test(code))
      return `The object is no ${compression}: ${message}`;
    throw error;
  }
}

type TextReader = { take(chunk: Uint8Array): void; end(): void };

function textReader(row: ImportRow, onItem: ObjectReader["onItem"]): TextReader {
  const csv = row.format === "CSV" ? new CsvRecords(csvOptions(row)) : undefined;
  const lines = new LineSplitter(csv !== undefined);
  let index = 0;
  const each = (item: Item | undefined): void => {
    if (item === undefined) return;
    onItem(item, index);
    index += 1;
  };
  const line = (written: string): void => {
    if (csv !== undefined) each(csv.take(written));
    else if (written.trim() === "") return;
    else if (row.format === "ION") for (const item of itemsOfIon(written)) each(item);
    else each(itemOfJson(written));
  };
  return {
    take(chunk) {
      for (const written of lines.take(chunk)) line(written);
    },
    end() {
      for (const written of lines.end()) line(written);
      csv?.end();
    },
  };
}

function csvOptions({ options, table }: ImportRow): ConstructorParameters<typeof CsvRecords>[0] {
  return {
    delimiter: options?.Csv?.Delimiter ?? ",",
    header: options?.Csv?.HeaderList,
    types: new Map(table.attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType])),
  };
}
