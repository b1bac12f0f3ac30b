// What a snapshot's folder holds and where: snapshot.json, rows below tables/ as JSON lines, bodies below blobs/.

import { readFile, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { ClockState } from "../kernel/clock.ts";
import type { IdsState } from "../kernel/ids.ts";
import { schemaOf, services } from "./services.ts";

/** Raised when the folder's layout, the clock, the ids or the scheduler's rows change. */
export const FORMAT = 2;
export const MANIFEST = "snapshot.json";

export type Manifest = {
  readonly format: number;
  /** Of Hangar, for people: what decides are the format and the schemas. */
  readonly hangar: string;
  readonly account: string;
  readonly region: string;
  /** Ports at which rows may name this world's endpoint. */
  readonly ports: readonly number[];
  readonly clock: ClockState;
  readonly ids: IdsState;
  /** Service -> version of its rows. */
  readonly schemas: Readonly<Record<string, number>>;
  /** Table -> number of its rows. */
  readonly tables: Readonly<Record<string, number>>;
  /** By the body's name. */
  readonly blobs: Readonly<Record<string, SavedBlob>>;
};

/** `sha256` in hex. */
export type SavedBlob = { readonly size: number; readonly sha256: string };

/** Where a table's rows are, below the folder: whatever a table is called, its file stays there. */
export function tableFile(path: string): string {
  const parts = path.split("/").map((part) => encodeURIComponent(part).replace(/^\./, "%2E"));
  return `${join("tables", ...parts)}.jsonl`;
}

export function blobFile(hash: string): string {
  return join("blobs", hash.slice(0, 2), hash);
}

/** An Error that says which snapshot is refused, and why. */
export function refused(directory: string, reason: string): Error {
  return new Error(`${directory} is not loaded: ${reason}`);
}

/** A file of the folder: never one that a link would lead elsewhere to. */
export async function within(directory: string, name: string): Promise<string> {
  const path = join(directory, name);
  try {
    const [root, real] = await Promise.all([realpath(directory), realpath(path)]);
    if (relative(root, real) === name.split("/").join(sep)) return real;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw refused(directory, `${name} is missing.`);
  }
  throw refused(directory, `${name} is a link.`);
}

/** Rows name the endpoint they were written at (queue URLs, functions' variables): they shall name ours. */
export function addressMover({ ports }: Manifest, own: string): (line: string) => string {
  const others = ports.map(String).filter((port) => port !== own);
  if (others.length === 0) return (line) => line;
  const address = new RegExp(`(127\\.0\\.0\\.1|localhost):(?:${others.join("|")})(?!\\d)`, "g");
  return (line) => line.replace(address, `$1:${own}`);
}

/** Throws an Error that says what is wrong with the folder. */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, MANIFEST), "utf8").catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" || error.code === "ENOTDIR"
      ? new Error(`${directory} is no snapshot: it has no ${MANIFEST}.`)
      : error;
  });
  const manifest = parsed(directory, text);
  if (manifest.format !== FORMAT)
    throw refused(
      directory,
      `it is of format ${JSON.stringify(manifest.format)}, this Hangar reads ${FORMAT}. It was saved by Hangar ${String(manifest.hangar)}.`,
    );
  const wrong = wrongIn(manifest);
  if (wrong !== undefined) throw refused(directory, `${wrong} in ${MANIFEST} is not what a snapshot has there.`);
  for (const [service, version] of Object.entries(manifest.schemas)) {
    if (!Object.hasOwn(services, service)) throw refused(directory, `this Hangar has no service ${service}.`);
    if (version !== schemaOf(service))
      throw refused(
        directory,
        `the rows of ${service} are of version ${version}, this Hangar reads ${schemaOf(service)}. It was saved by Hangar ${manifest.hangar}.`,
      );
  }
  return manifest;
}

function parsed(directory: string, text: string): Manifest {
  try {
    const manifest = JSON.parse(text) as Manifest | null;
    if (typeof manifest === "object" && manifest !== null) return manifest;
  } catch {
    // Said below.
  }
  throw refused(directory, `${MANIFEST} is not JSON.`);
}

/** The first member that has not its shape. */
function wrongIn(manifest: Manifest): string | undefined {
  const { clock, ids, ports } = manifest as { readonly [Name in keyof Manifest]: unknown };
  const checks: Readonly<Record<string, boolean>> = {
    hangar: typeof manifest.hangar === "string",
    account: typeof manifest.account === "string",
    region: typeof manifest.region === "string",
    ports: Array.isArray(ports) && ports.every(isCount),
    clock: isClock(clock),
    ids: Array.isArray(ids) && ids.length === 4 && ids.every((each) => isCount(Math.abs(each as number))),
    schemas: isCounts(manifest.schemas),
    tables: isCounts(manifest.tables),
    blobs: isMap(manifest.blobs) && Object.entries(manifest.blobs).every(([name, blob]) => isBlob(name, blob)),
  };
  return Object.keys(checks).find((name) => checks[name] === false);
}

function isClock(value: unknown): boolean {
  const { mode, offset, at } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (mode === "live" || mode === "held") && Number.isFinite(offset) && Number.isFinite(at);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCounts(value: unknown): boolean {
  return isMap(value) && Object.values(value).every(isCount);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const HASH = /^[0-9a-f]{64}$/;
const SEALED = /^[0-9a-f]{56}--sealed$/;

/** What is named by its SHA-256 has that one: nobody else's content can be given its name. */
function isBlob(name: string, value: unknown): boolean {
  if (!isMap(value) || !isCount(value["size"])) return false;
  const { sha256 } = value;
  return typeof sha256 === "string" && HASH.test(sha256) && (name === sha256 || SEALED.test(name));
}
