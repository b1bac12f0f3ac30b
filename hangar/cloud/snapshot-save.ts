// Saves a world as a folder that people can read and compare: the same world gives the same bytes.

import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { constants, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Blobs } from "../kernel/blobs.ts";
import { encodeRow } from "../kernel/row-json.ts";
import type { Table } from "../kernel/table.ts";
import type { Cloud } from "./cloud.ts";
import { namedIn } from "./named-bodies.ts";
import { schemaOf, services } from "./services.ts";
import { blobFile, FORMAT, MANIFEST, tableFile, type Manifest, type SavedBlob } from "./snapshot-folder.ts";
import type { World } from "./world.ts";

export type SaveOptions = {
  /** Time stands still in the world that comes of it, at the moment of saving: for looking at a failure. */
  readonly held?: boolean | undefined;
};

/** What was saved. */
export type SavedSnapshot = { readonly directory: string; readonly rows: number; readonly blobs: number };

let saves = 0;

/** A snapshot that is there already is replaced; any other folder that is not empty is left alone, with an Error. */
export async function saveSnapshot(
  cloud: Cloud,
  world: World,
  { directory, held = false }: SaveOptions & { readonly directory: string },
): Promise<SavedSnapshot> {
  const target = resolve(directory);
  await checkTarget(target);
  const end = cloud.blobs.begin();
  saves += 1;
  const next = `${target}.saving-${process.pid}-${saves}`;
  try {
    const { tables, clock, ids } = world.contents();
    const { mode, offset, at } = held ? { mode: "held" as const, offset: 0, at: world.clock.now() } : clock;
    await rm(next, { recursive: true, force: true });
    await mkdir(next, { recursive: true });
    const filled = [...tables].filter(([, table]) => table.size > 0).toSorted(([one], [two]) => (one < two ? -1 : 1));
    const blobs = await copyBlobs(cloud.blobs, namedIn(filled.map(([, table]) => table)), next);
    for (const [path, table] of filled) await writeTable(join(next, tableFile(path)), table);
    const names = new Set(filled.map(([path]) => path.slice(0, path.indexOf("/"))));
    const manifest: Manifest = {
      format: FORMAT,
      hangar: cloud.version,
      account: cloud.account,
      region: cloud.region,
      ports: portsOf(cloud, world),
      clock: { mode, offset, at },
      ids,
      schemas: Object.fromEntries(
        [...names].filter((name) => Object.hasOwn(services, name)).map((name) => [name, schemaOf(name)]),
      ),
      tables: Object.fromEntries(filled.map(([path, { size }]) => [path, size])),
      blobs,
    };
    await writeFile(join(next, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await putInPlace(next, target);
    const rows = filled.reduce((sum, [, { size }]) => sum + size, 0);
    return { directory: target, rows, blobs: Object.keys(blobs).length };
  } finally {
    end();
    await rm(next, { recursive: true, force: true });
  }
}

async function checkTarget(target: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw error.code === "ENOTDIR" ? new Error(`${target} is a file: a snapshot is a folder.`) : error;
  });
  if (names.length > 0 && !names.includes(MANIFEST))
    throw new Error(`${target} has files in it and is no snapshot: it is left as it is.`);
}

function portsOf(cloud: Cloud, world: World): number[] {
  const own = cloud.forks.of(world);
  const main = Number(new URL(cloud.origin).port);
  return own === undefined ? [main] : [main, own.port];
}

async function writeTable(file: string, table: Table<unknown>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(linesOf(table), createWriteStream(file));
}

const CHUNK = 64 * 1024;

function* linesOf(table: Table<unknown>): Generator<string> {
  let chunk = "";
  for (const [key, row] of table.range()) {
    chunk += `{"key":${JSON.stringify(key)},"row":${encodeRow(row)}}\n`;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

/** Those of the named that are bodies: other digests look the same. */
async function copyBlobs(blobs: Blobs, named: ReadonlySet<string>, folder: string): Promise<Record<string, SavedBlob>> {
  const saved: Record<string, SavedBlob> = {};
  for (const name of [...named].toSorted()) {
    const bytes = blobs.inMemory(name);
    if (bytes === undefined && !(await blobs.has(name))) continue;
    const file = join(folder, blobFile(name));
    await mkdir(dirname(file), { recursive: true });
    if (bytes === undefined) await copyFile(await blobs.path(name), file, constants.COPYFILE_FICLONE);
    else await writeFile(file, bytes);
    saved[name] = await describeFile(file);
  }
  return saved;
}

async function describeFile(file: string): Promise<SavedBlob> {
  const digest = createHash("sha256");
  await pipeline(createReadStream(file), digest);
  return { size: (await stat(file)).size, sha256: digest.digest("hex") };
}

async function putInPlace(next: string, target: string): Promise<void> {
  const old = `${next}.old`;
  const replaced = await rename(target, old).then(
    () => true,
    () => false,
  );
  await rename(next, target);
  if (replaced) await rm(old, { recursive: true, force: true });
}
