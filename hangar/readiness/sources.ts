// Where the constructs were made that resources come from, as the CDK's metadata says.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

type Entry = { readonly type: string; readonly data?: unknown };

/** Logical id -> `stack/storage.ts:21:5`, from the folder `base`. */
export function sourcesIn(metadataPath: string, base: string): ReadonlyMap<string, string> {
  const paths = JSON.parse(readFileSync(metadataPath, "utf8")) as Readonly<Record<string, readonly Entry[]>>;
  const sources = new Map<string, string>();
  for (const entries of Object.values(paths)) {
    const logicalId = entries.find(({ type }) => type === "aws:cdk:logicalId")?.data;
    const frames = entries.find(({ type }) => type === "aws:cdk:creationStack")?.data;
    const source = Array.isArray(frames) ? sourceOf(frames.map(String), base) : undefined;
    if (typeof logicalId === "string" && source !== undefined) sources.set(logicalId, source);
  }
  return sources;
}

/** The innermost line of the app's own: the CDK and Node.js leave theirs out. */
function sourceOf(frames: readonly string[], base: string): string | undefined {
  for (const frame of frames) {
    const [, file = "", place = ""] = /\(((?:file:\/\/|\/|[A-Z]:\\).*?):(\d+:\d+)\)$/.exec(frame) ?? [];
    if (file === "" || file.includes("node_modules")) continue;
    const path = file.startsWith("file://") ? fileURLToPath(file) : file;
    return `${relative(base, path).replaceAll("\\", "/")}:${place}`;
  }
  return undefined;
}
