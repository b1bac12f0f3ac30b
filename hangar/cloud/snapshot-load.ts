// Reads a snapshot and puts it in a world's place: all of it is checked before anything changes.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { linesOf } from "../kernel/lines.ts";
import { decodeRow } from "../kernel/row-json.ts";
import { workKey, type Work } from "../kernel/scheduler.ts";
import { Table } from "../kernel/table.ts";
import type { Cloud } from "./cloud.ts";
import { services } from "./services.ts";
import {
  addressMover,
  blobFile,
  readManifest,
  refused,
  tableFile,
  within,
  type Manifest,
  type SavedBlob,
} from "./snapshot-folder.ts";
import type { World, WorldContents } from "./world.ts";

/** Bodies that are read at once. */
const AT_ONCE = 8;
/** Tables of no service, and what their rows are. */
const OWN: Readonly<Record<string, (key: string, row: unknown) => boolean>> = {
  "cloud/seeded": (_key, row) => typeof row === "string",
  "scheduler/work": isWork,
  "scheduler/running": isWork,
  "scheduler/subscriptions": (key, row) => isSubscription(key, row),
  "scheduler/pending": (_key, row) => typeof row === "string",
};

/** Whoever held the world reaches the loaded one. Throws an Error, and changes nothing, when the snapshot is not whole. */
export async function restoreSnapshot(
  cloud: Cloud,
  world: World,
  options: { readonly directory: string; readonly ids?: "same" | "own" },
): Promise<void> {
  const directory = resolve(options.directory);
  const end = cloud.blobs.begin();
  try {
    await cloud.replace(world, await readSnapshot(cloud, directory), options.ids);
  } finally {
    end();
  }
}

async function readSnapshot(cloud: Cloud, directory: string): Promise<WorldContents> {
  const manifest = await readManifest(directory);
  if (manifest.account !== cloud.account || manifest.region !== cloud.region)
    throw refused(
      directory,
      `it is of account ${manifest.account} and region ${manifest.region}, this cloud of ${cloud.account} and ${cloud.region}.`,
    );
  for (const path of Object.keys(manifest.tables)) await checkTable(cloud, directory, { path, manifest });
  const tables = new Map<string, Table<unknown>>();
  const moved = addressMover(manifest, new URL(cloud.origin).port);
  for (const [path, count] of Object.entries(manifest.tables)) {
    const table = await readTable(directory, path, moved);
    if (table.size !== count) throw refused(directory, `${path} has ${table.size} rows, the manifest says ${count}.`);
    tables.set(path, table);
  }
  const blobs = Object.entries(manifest.blobs);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = blobs.pop(); next !== undefined; next = blobs.pop()) await takeBlob(cloud, directory, next);
    }),
  );
  return { tables, clock: manifest.clock, ids: manifest.ids };
}

/** Services' tables are `service/account/region/name`, with a name that the service knows; `shared/global` is of all accounts. */
async function checkTable(
  cloud: Cloud,
  directory: string,
  { path, manifest }: { readonly path: string; readonly manifest: Manifest },
): Promise<void> {
  if (Object.hasOwn(OWN, path)) return;
  const [service = "", account = "", region = "", name = "", ...more] = path.split("/");
  if (!Object.hasOwn(manifest.schemas, service))
    throw refused(directory, `the manifest names a table ${path}, but no version of the rows of "${service}".`);
  const known = Object.hasOwn((await cloud.load(service)).tables, name);
  if (!known || more.length > 0 || ![account, region].every((part) => /^[\w-]+$/.test(part)))
    throw refused(directory, `${service} has no table ${path}.`);
}

async function readTable(directory: string, path: string, moved: (line: string) => string): Promise<Table<unknown>> {
  const name = tableFile(path);
  const check = OWN[path];
  const table = new Table<unknown>();
  let number = 0;
  let last: string | undefined;
  for await (const line of linesOf(await within(directory, name))) {
    number += 1;
    const entry = entryIn(moved(line.toString()));
    if (entry === undefined || (last !== undefined && entry.key <= last) || check?.(entry.key, entry.row) === false)
      throw refused(directory, `line ${number} of ${name} is not a row that can stand there.`);
    last = entry.key;
    table.put(entry.key, entry.row);
  }
  return table;
}

function entryIn(line: string): { readonly key: string; readonly row: unknown } | undefined {
  try {
    const entry = decodeRow(line) as Readonly<Record<string, unknown>> | null;
    if (typeof entry !== "object" || entry === null || Object.keys(entry).length !== 2) return undefined;
    const { key, row } = entry;
    return typeof key === "string" && row !== undefined ? { key, row } : undefined;
  } catch {
    return undefined;
  }
}

/** A row under another key than its own would run for ever. */
function isWork(key: string, row: unknown): boolean {
  const { at, seq, kind, account, region } = (row ?? {}) as Partial<Work>;
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(seq)) return false;
  return isKind(kind) && typeof account === "string" && typeof region === "string" && workKey(row as Work) === key;
}

function isSubscription(key: string, row: unknown): boolean {
  const { topic, name, kind, account, region } = (row ?? {}) as Readonly<Record<string, unknown>>;
  const texts = [account, region].every((each) => typeof each === "string");
  return isKind(kind) && texts && key === `${String(topic)}\u0000${String(name)}`;
}

function isKind(kind: unknown): boolean {
  return typeof kind === "string" && Object.hasOwn(services, kind.slice(0, kind.indexOf(".")));
}

/** Kept under the name it had, if it is what it was. */
async function takeBlob(
  cloud: Cloud,
  directory: string,
  [name, { size, sha256 }]: readonly [string, SavedBlob],
): Promise<void> {
  const file = blobFile(name);
  const path = await within(directory, file);
  const found = await stat(path);
  if (!found.isFile() || found.size !== size) throw refused(directory, `${file} has not the ${size} bytes it had.`);
  const digest = createHash("sha256");
  const naming = {
    update: (chunk: Uint8Array) => void digest.update(chunk),
    name() {
      if (digest.digest("hex") !== sha256) throw refused(directory, `${file} holds other bytes than it did.`);
      return name;
    },
  };
  await cloud.blobs.put(createReadStream(path), { naming });
}
