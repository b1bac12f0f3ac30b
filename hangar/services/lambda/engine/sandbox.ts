// An execution environment's own view of files, by a mount namespace: /var/task and /opt read only, a /tmp of its size.

import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MOUNTED } from "./child-process.ts";
import type { Program } from "./runtimes.ts";
import { STAGE, workDirectory } from "./work-directory.ts";

/** What unshare is asked for. */
export type Sandbox = { readonly flags: readonly string[] };

/** Directories of this machine, as they are before anything is hidden. */
export type Contents = {
  readonly taskRoot: string;
  readonly layerRoot: string | undefined;
  /** MB. */
  readonly temporary: number;
  /** Put over /etc/hosts, where extensions ask for sandbox.localdomain. */
  readonly hosts?: string | undefined;
};

export type Command = Pick<Program, "command" | "arguments">;

const HIDDEN = /^\/(?:tmp|opt|var)(?:\/|$)/;
const BOOTSTRAPS = fileURLToPath(new URL("./bootstrap", import.meta.url));
const DEFAULT_TEMPORARY = 512;
/** The system may hold these fast: a mount that drops them is refused to those who are not root. */
const FAST = "nosuid,nodev";
/** Where a process that waits for its orders finds what engines have unpacked. */
const UNPACKED = "/var/hangar";
/** Where Lambda has the programs of its runtimes. */
const LANG = "/var/lang/bin";
/** Ends with us, and has no more open files than Lambda lets it. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const EXEC = `ulimit -n 1024 || true\nexec setpriv --pdeathsig KILL -- "$@"`;

let found: Promise<Sandbox | string> | undefined;

/** Asked of the system once; text says why there is none. */
export function sandbox(): Promise<Sandbox | string> {
  return (found ??= findSandbox());
}

async function findSandbox(): Promise<Sandbox | string> {
  if (process.env["HANGAR_LAMBDA_MOUNTS"] === "off") return "HANGAR_LAMBDA_MOUNTS is off";
  if (process.platform !== "linux") return `${process.platform} has no mount namespaces`;
  const flags = [
    "--mount",
    "--propagation",
    "private",
    ...(process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"]),
  ];
  const tree = { directory: await workDirectory(), kept: [], contents: undefined, program: { command: "true" } };
  const { command, arguments: words } = sandboxed({ flags }, { command: "true", arguments: [] }, tree);
  try {
    await promisify(execFile)(command, [...words], { timeout: 10_000 });
    return { flags };
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
    return (stderr === undefined || stderr === "" ? message : stderr).trim().split("\n")[0] ?? "";
  }
}

/** What a sandbox is made of; without contents its process waits for `contentsScript`. */
export type Tree = {
  /** Our work directory. */
  readonly directory: string;
  readonly kept: readonly string[];
  readonly contents: Contents | undefined;
  /** What is to be found in /var/lang/bin. */
  readonly program: Pick<Program, "command" | "names">;
};

/** Runs the command in a tree of its own. */
export function sandboxed({ flags }: Sandbox, { command, arguments: words }: Command, tree: Tree): Command {
  const script = ["set -e", ...treeScript(tree), ...(tree.contents === undefined ? [EXEC] : [placedScript()])].join(
    "\n",
  );
  return { command: "unshare", arguments: [...flags, "--", "sh", "-c", script, "sh", command, ...words] };
}

/** With all mounts in place: runs the arguments there, and tells us that it does. */
export function placedScript(): string {
  return ["cd /var/task", "unset OLDPWD", `echo '${MOUNTED}' >&3`, EXEC].join("\n");
}

/** What a waiting process's own shell does when it learns whose it is. Type and source are named because mount(8) would else repeat an owner that the namespace does not know. */
export function contentsScript(directory: string, contents: Contents): string {
  const inside = (path: string): string => quote(UNPACKED + path.slice(directory.length));
  return [
    "set -e",
    `mount -o bind,ro,${FAST} ${inside(contents.taskRoot)} /var/task`,
    ...(contents.layerRoot === undefined ? [] : [`mount -o bind,ro,${FAST} ${inside(contents.layerRoot)} /opt`]),
    `umount -l ${UNPACKED}`,
    ...(contents.temporary === DEFAULT_TEMPORARY
      ? []
      : [`mount -t tmpfs -o remount,${FAST},size=${contents.temporary}m tmp /tmp`]),
  ].join("\n");
}

/** Put together beside, then laid over /var, /opt and /tmp: what those hide is still there to bind from. */
function treeScript({ directory, kept, contents, program }: Tree): string[] {
  const stage = join(directory, STAGE);
  const at = (path: string): string => quote(stage + path);
  const bind = (from: string, to: string): string => `mount -o bind,ro,${FAST} ${quote(from)} ${to}`;
  const folders = ["/opt", "/var/task", UNPACKED, "/var/runtime", "/var/tmp", LANG];
  const inLayers = (path: string): boolean => contents?.layerRoot !== undefined && path.startsWith("/opt/");
  const made = kept.filter((path) => !inLayers(path)).map(at);
  return [
    `mount -t tmpfs -o size=${contents?.temporary ?? DEFAULT_TEMPORARY}m,mode=755,${FAST} tmp ${quote(stage)}`,
    `mkdir -p ${[...folders.map(at), ...made].join(" ")}`,
    `mkdir -p -m 1777 ${at("/tmp")}`,
    `chmod 1777 ${at("/tmp")}`,
    ...(program.names ?? []).map((name) => `ln -s ${quote(program.command)} ${at(join(LANG, name))}`),
    ...(contents === undefined
      ? [bind(directory, at(UNPACKED))]
      : [
          bind(contents.taskRoot, at("/var/task")),
          ...(contents.layerRoot === undefined ? [] : [bind(contents.layerRoot, at("/opt"))]),
          ...(contents.hosts === undefined ? [] : [bind(contents.hosts, "/etc/hosts")]),
        ]),
    ...kept.map((path) => `mount --rbind ${quote(path)} ${at(path)}`),
    `mount -o rbind,ro,${FAST} ${at("/var")} /var`,
    `mount -o rbind,ro,${FAST} ${at("/opt")} /opt`,
    `mount --rbind ${at("/tmp")} /tmp`,
  ];
}

/** Of what a runtime reads, that which lies where the environment has something else. */
export function keptPaths(program: Program, moduleFolders: readonly string[]): string[] {
  const places = [
    BOOTSTRAPS,
    ...(program.kind === "provided" ? [] : [program.home ?? dirname(dirname(program.command))]),
    ...(program.packages === undefined ? [] : [program.packages]),
    ...moduleFolders,
  ];
  const real = places.filter((place) => existsSync(place)).flatMap((place) => [place, realpathSync(place)]);
  return [...new Set(real)].filter((place) => HIDDEN.test(place)).toSorted();
}

/** Layers are laid over /opt whole: what is kept there needs a place among them. */
export async function makeRoom(kept: readonly string[], layerRoot: string | undefined): Promise<void> {
  if (layerRoot === undefined) return;
  for (const path of kept)
    if (path.startsWith("/opt/")) await mkdir(join(layerRoot, path.slice("/opt/".length)), { recursive: true });
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
