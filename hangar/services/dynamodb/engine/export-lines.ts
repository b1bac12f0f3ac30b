// The lines of an export, by key, and how they are put into files.

import { readExportFilter, TAKES_ALL, type ExportFilter } from "../rules/export-filter.ts";
import { ionItem, jsonItem } from "../rules/exported-lines.ts";
import { keyOf } from "../rules/item-key.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoStore, ExportRow, Item, TableRow } from "../store.ts";
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
  const { ExportFormat, FilterSpecification } = row.settings;
  const ion = ExportFormat === "ION";
  const schema = schemaOf(place.table);
  const filter = FilterSpecification === undefined ? TAKES_ALL : readExportFilter(FilterSpecification, schema);
  if (row.period === undefined) {
    for (const [key, { item }] of itemsAt(place, secondOf(row.moment))) {
      if (!filter.takes(key, item)) continue;
      const shown = filter.shown(item);
      yield [key, ion ? `$ion_1_0 {Item:${ionItem(shown)}}` : `{"Item":${jsonItem(shown)}}`];
    }
    return;
  }
  const { from, to, view } = row.period;
  for (const change of changesBetween(place, from, to)) {
    // The newest image decides; of a deleted item there is an old one only.
    const item = (change.now ?? change.old)?.item ?? {};
    if (filter.takes(change.key, item))
      yield [change.key, changeLine(keyOf(schema, item), change, { view, ion, filter })];
  }
}

type Form = { readonly view: string; readonly ion: boolean; readonly filter: ExportFilter };

function changeLine(keys: Item, { old, now, at }: PastChange, { view, ion, filter }: Form): string {
  const written = String(at * 1_000_000);
  const before = view === "NEW_AND_OLD_IMAGES" && old !== undefined ? filter.shown(old.item) : undefined;
  const after = now === undefined ? undefined : filter.shown(now.item);
  if (ion)
    return `$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:${written}.},Keys:${ionItem(keys)}${
      before === undefined ? "" : `,OldImage:${ionItem(before)}`
    }${after === undefined ? "" : `,NewImage:${ionItem(after)}`}}}`;
  return `{"Metadata":{"WriteTimestampMicros":{"N":"${written}"}},"Keys":${jsonItem(keys)}${
    before === undefined ? "" : `,"OldImage":${jsonItem(before)}`
  }${after === undefined ? "" : `,"NewImage":${jsonItem(after)}`}}`;
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
