// Watches the app's sources as cdk.json's `watch` says, and tells of changes one batch at a time.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { watch } from "chokidar";

const QUIET_MS = 60;
const IGNORED = /(^|\/)(node_modules|cdk\.out|\.git|\.hangar|dist)(\/|$)/;

/** `changed` runs alone: what changes meanwhile comes in the next batch. Answers how to stop. */
export async function watchSources(changed: (paths: readonly string[]) => Promise<void>): Promise<() => Promise<void>> {
  const { watch: settings = {} } = JSON.parse(readFileSync("cdk.json", "utf8")) as {
    watch?: { include?: readonly string[] };
  };
  const roots = (settings.include ?? ["**"]).map((pattern) => pattern.replace(/\/?\*.*$/, "") || ".");
  const watcher = watch([...new Set(roots)], { ignoreInitial: true, ignored: (path) => IGNORED.test(path) });
  let pending = new Set<string>();
  let busy = false;
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    if (busy || pending.size === 0) return;
    busy = true;
    const paths = [...pending];
    pending = new Set();
    await changed(paths);
    busy = false;
    await flush();
  };
  watcher.on("all", (_event, path) => {
    pending.add(relative(process.cwd(), path));
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), QUIET_MS);
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return () => watcher.close();
}
