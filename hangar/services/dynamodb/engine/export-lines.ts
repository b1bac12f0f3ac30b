// The lines of an export, by key, and how they are put into files.

import { ionItem, jsonItem } from "../rules/exported-lines.ts";
import { keyOf } from "../rules/item-key.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoStore, ExportRow, TableRow } from "../store.ts";
import { itemsAt } from "./history.ts";
import { changesBetween, type PastChange } from "./past-changes.ts";
import { secondOf } from "../rules/recovery.ts";

type Place = { readonly table: TableRow; readonly store: DynamoStore };

/** A file holds lines of one partition, and about so many chars: no more of the table is in memory at once. */
const FILE_CHARS = 8 * 1024 * 1024;
const READ_UNITS = 3000;
const WRITE_UNITS = 1000;
const ON_DEMAND_PARTITIONS = 4;
const MAX_PARTITIONS = 64;
const HASHES = 256;

export type DataFile = { readonly text: string; readonly items: number };

/** Key (of which the first char tells the partition) and line. */
type Line = readonly [string, string];

function* linesOf(place: Place, row: ExportRow): Generator<Line> {
  const ion = row.settings.ExportFormat === "ION";
  if (row.period === undefined) {
    for (const [key, { item }] of itemsAt(place, secondOf(row.moment)))
      yield [key, ion ? `$ion_1_0 {Item:${ionItem(item)}}` : `{"Item":${jsonItem(item)}}`];
    return;
  }
  const { from, to, view } = row.period;
  for (const change of changesBetween(place, from, to)) yield [change.key, changeLine(place.table, change, view, ion)];
}

function changeLine(table: TableRow, { old, now, at }: PastChange, view: string, ion: boolean): string {
  const keys = keyOf(schemaOf(table), (now ?? old)?.item ?? {});
  const written = String(at * 1_000_000);
  const before = view === "NEW_AND_OLD_IMAGES" ? old?.item : undefined;
  if (ion)
    return `$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:${written}.},Keys:${ionItem(keys)}${
      before === undefined ? "" : `,OldImage:${ionItem(before)}`
    }${now === undefined ? "" : `,NewImage:${ionItem(now.item)}`}}}`;
  return `{"Metadata":{"WriteTimestampMicros":{"N":"${written}"}},"Keys":${jsonItem(keys)}${
    before === undefined ? "" : `,"OldImage":${jsonItem(before)}`
  }${now === undefined ? "" : `,"NewImage":${jsonItem(now.item)}`}}`;
}

function partitionsOf({ billing, throughput }: TableRow): number {
  if (billing === "PAY_PER_REQUEST") return ON_DEMAND_PARTITIONS;
  const wanted = Math.ceil(throughput.read / READ_UNITS + throughput.write / WRITE_UNITS);
  return Math.min(MAX_PARTITIONS, Math.max(1, wanted));
}

/** At least one file for each partition, however empty it is. All lines are as of the first file asked for. */
export function* filesOf(place: Place, row: ExportRow): Generator<DataFile> {
  const count = partitionsOf(place.table);
  let partition = 0;
  let lines: string[] = [];
  let chars = 0;
  const taken = (): DataFile => {
    const file = { text: lines.join(""), items: lines.length / 2 };
    lines = [];
    chars = 0;
    return file;
  };
  for (const [key, line] of linesOf(place, row)) {
    const here = Math.floor((key.charCodeAt(0) * count) / HASHES);
    for (; partition < here; partition += 1) yield taken();
    if (chars > FILE_CHARS) yield taken();
    lines.push(line, "\n");
    chars += line.length;
  }
  for (; partition < count; partition += 1) yield taken();
}
