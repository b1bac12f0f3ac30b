// `hangar snapshot save|load|diff`: the running world as a folder, such a folder in its place, and what differs between two.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { diffSnapshots } from "../cloud/snapshot-diff.ts";
import type { SavedSnapshot } from "../cloud/snapshot-save.ts";
import { formatSnapshotDiff } from "../cloud/snapshot-text.ts";
import { flag, say, UsageError, type Command, type Words } from "./command.ts";
import { ask, runningInstance } from "./instance.ts";

const verbs: Readonly<Record<string, (words: Words, folders: readonly string[]) => Promise<number>>> = {
  save,
  load,
  diff,
};

export const command: Command = {
  name: "snapshot",
  says: "Save the running world as a folder, load one in its place, compare two.",
  usage: "snapshot save DIR | load DIR | diff DIR [DIR]",
  options: {
    json: { type: "boolean", says: "as JSON" },
    fail: { type: "boolean", says: "diff: exit 1 when there are differences" },
  },
  takesNames: true,
  run(words) {
    const [name = "", ...folders] = words.rest;
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    const most = name === "diff" ? 2 : 1;
    if (verb === undefined || folders.length === 0 || folders.length > most)
      throw new UsageError(`Usage: hangar ${command.usage}`);
    return verb(
      words,
      folders.map((folder) => resolve(folder)),
    );
  },
};

async function save(words: Words, [directory = ""]: readonly string[]): Promise<number> {
  const saved = await saveWorld(directory);
  say(flag(words, "json") ? JSON.stringify(saved) : `Saved ${saved.rows} rows and ${saved.blobs} bodies: ${directory}`);
  return 0;
}

async function saveWorld(directory: string): Promise<SavedSnapshot> {
  return (await ask(runningInstance(), "/_hangar/snapshot", { directory })) as SavedSnapshot;
}

async function load(words: Words, [directory = ""]: readonly string[]): Promise<number> {
  const { now } = (await ask(runningInstance(), "/_hangar/restore", { directory })) as { readonly now: number };
  say(
    flag(words, "json")
      ? JSON.stringify({ directory, now })
      : `Loaded ${directory}: it is ${new Date(now).toISOString()} there.`,
  );
  return 0;
}

/** With one folder, what the running world has that the snapshot has not. */
async function diff(words: Words, [before = "", after]: readonly string[]): Promise<number> {
  const temporary = after === undefined ? mkdtempSync(join(tmpdir(), "hangar-diff-")) : undefined;
  try {
    if (temporary !== undefined) await saveWorld(temporary);
    const found = await diffSnapshots(before, after ?? temporary ?? "");
    say(flag(words, "json") ? JSON.stringify(found) : formatSnapshotDiff(found));
    return flag(words, "fail") && (found.rows.length > 0 || found.clock !== undefined) ? 1 : 0;
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}
