// Watches the app's sources as cdk.json's `watch` says, and tells of changes one batch at a time.

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { watch } from "chokidar";

const QUIET_MS = 60;
/** As the CDK has it, and what the app's own deployment writes. */
const IGNORED = /(^|\/)(node_modules|cdk\.out|\.(?!\.?(\/|$))[^/]*)(\/|$)/;

type Settings = {
  readonly include?: string | readonly string[];
  readonly exclude?: string | readonly string[];
};

/** `changed` runs alone: what changes meanwhile comes in the next batch. Answers how to stop. */
export async function watchSources(changed: (paths: readonly string[]) => Promise<void>): Promise<() => Promise<void>> {
  const { watch: settings = {} } = JSON.parse(readFileSync("cdk.json", "utf8")) as { readonly watch?: Settings };
  const include = [settings.include ?? ["**"]].flat();
  const included = include.map(globOf);
  const excluded = [settings.exclude ?? []].flat().map(globOf);
  const ignored = (path: string): boolean => IGNORED.test(path) || excluded.some((glob) => glob.test(path));
  const roots = include.map((pattern) => pattern.replace(/(^|\/)[^/]*[*?{].*$/, "") || ".");
  const watcher = watch([...new Set(roots)], { ignoreInitial: true, ignored: (path) => ignored(seen(path)) });
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
  watcher.on("all", (_event, given) => {
    const path = seen(given);
    if (!included.some((glob) => glob.test(path))) return;
    pending.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), QUIET_MS);
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return () => watcher.close();
}

/** From the app's folder, with slashes. */
function seen(path: string): string {
  return relative(process.cwd(), path).replaceAll("\\", "/");
}

/** `**` stands for any folders, `*` and `?` for what a name may have, `{a,b}` for either; all that is below a folder goes with it. */
function globOf(pattern: string): RegExp {
  const parts = pattern.replace(/^\.\//, "").split(/(\*\*\/?|[*?{},])/);
  let braces = 0;
  const source = parts.map((part) => {
    if (part === "{") braces += 1;
    if (part === "}") braces -= 1;
    if (part === "," && braces === 0) return part;
    return PIECES[part] ?? part.replace(/[.+^$()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source.join("")}(/.*)?$`);
}

const PIECES: Readonly<Record<string, string>> = {
  "**/": "(.*/)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
  "{": "(",
  "}": ")",
  ",": "|",
};
