// What one snapshot has that another has not: rows added, removed and changed, by service, table and key.

import { isDeepStrictEqual } from "node:util";
import { resolve } from "node:path";
import { linesOf } from "../kernel/lines.ts";
import { decodeRow } from "../kernel/row-json.ts";
import { addressMover, readManifest, tableFile, within, type Manifest } from "./snapshot-folder.ts";

/** A member of a row, as a path such as `attributes.VisibilityTimeout`; absent values are undefined. */
export type MemberChange = { readonly member: string; readonly before: unknown; readonly after: unknown };

export type RowChange = {
  readonly service: string;
  /** Empty for what Hangar keeps for itself (pending work). */
  readonly account: string;
  readonly region: string;
  readonly table: string;
  readonly key: string;
  readonly change: "added" | "removed" | "changed";
  /** The row that was added or removed. */
  readonly row?: unknown;
  readonly members?: readonly MemberChange[];
};

type ClockFacts = Pick<Manifest["clock"], "mode" | "offset" | "at">;

export type SnapshotDiff = {
  readonly rows: readonly RowChange[];
  /** Absent when time is the same in both. */
  readonly clock?: { readonly before: ClockFacts; readonly after: ClockFacts };
};

/** The ports that the two were saved at make no difference. */
export async function diffSnapshots(before: string, after: string): Promise<SnapshotDiff> {
  const [one, other] = [await openSnapshot(resolve(before)), await openSnapshot(resolve(after))];
  const moved = addressMover(other.manifest, String(one.manifest.ports[0]));
  const paths = new Set([...Object.keys(one.manifest.tables), ...Object.keys(other.manifest.tables)]);
  const rows: RowChange[] = [];
  for (const path of [...paths].toSorted())
    rows.push(...changesOf(path, await one.rows(path), await other.rows(path, moved)));
  const [first, second] = [one.manifest.clock, other.manifest.clock];
  return isDeepStrictEqual(first, second) ? { rows } : { rows, clock: { before: first, after: second } };
}

type Lines = ReadonlyMap<string, string>;
type Opened = {
  readonly manifest: Manifest;
  rows(path: string, moved?: (line: string) => string): Promise<Lines>;
};

async function openSnapshot(directory: string): Promise<Opened> {
  const manifest = await readManifest(directory);
  const own = addressMover(manifest, String(manifest.ports[0]));
  return {
    manifest,
    rows: async (path, moved = own) => {
      const lines = new Map<string, string>();
      if (!Object.hasOwn(manifest.tables, path)) return lines;
      for await (const line of linesOf(await within(directory, tableFile(path)))) {
        const text = moved(line.toString());
        lines.set((JSON.parse(text) as { readonly key: string }).key, text);
      }
      return lines;
    },
  };
}

function changesOf(path: string, before: Lines, after: Lines): RowChange[] {
  const parts = path.split("/");
  const table = parts.at(-1) ?? "";
  const [service = "", account = "", region = ""] = parts.slice(0, -1);
  const changes: RowChange[] = [];
  for (const key of [...new Set([...before.keys(), ...after.keys()])].toSorted()) {
    const place = { service, account, region, table, key };
    const [first, second] = [before.get(key), after.get(key)];
    if (first === second) continue;
    if (first === undefined) changes.push({ ...place, change: "added", row: rowIn(second) });
    else if (second === undefined) changes.push({ ...place, change: "removed", row: rowIn(first) });
    else changes.push({ ...place, change: "changed", members: membersOf("", rowIn(first), rowIn(second)) });
  }
  return changes;
}

function rowIn(line = ""): unknown {
  return (decodeRow(line) as { readonly row: unknown }).row;
}

function membersOf(path: string, before: unknown, after: unknown): MemberChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ member: path === "" ? "row" : path, before, after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => membersOf(path === "" ? name : `${path}.${name}`, before[name], after[name]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof Date)
  );
}
