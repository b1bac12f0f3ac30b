// Which .NET of this machine runs a dotnet function, and with what: the program in its package, or our bootstrap for a class library.

import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { invalidRuntime } from "../errors.ts";
import { dotnetBootstrap, type Dotnet } from "./dotnet-bootstrap.ts";
import type { Program, Seen } from "./runtimes.ts";

/** A line of `dotnet --list-runtimes`. */
const RUNTIME = /^Microsoft\.NETCore\.App (\S+) \[(.+)\]\s*$/gm;
const PLACES = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet", "/opt/dotnet"];

const asked = new Map<string, Promise<readonly Dotnet[]>>();

/** Throws InvalidRuntimeException, which names what is missing. */
export async function dotnetProgram(
  runtime: string,
  seen: Seen,
  { handler, memorySize }: { readonly handler: string; readonly memorySize: number },
): Promise<Program> {
  const wanted = Number(runtime.slice("dotnet".length));
  const all = await everyDotnet();
  const found = nearest(wanted, all);
  if (found === undefined) {
    const older = all.length === 0 ? "" : ` What is here is older: ${all.map(({ version }) => version).join(", ")}.`;
    throw invalidRuntime(
      runtime,
      `Install the .NET SDK ${wanted}, e.g. apt-get install dotnet-sdk-${wanted}.0, or https://dot.net/download.${older}`,
    );
  }
  const { root, version } = found;
  const exact = majorOf(version) === wanted;
  const started = startedBy(handler, seen);
  const bootstrap = typeof started === "string" ? await dotnetBootstrap(runtime, found, all) : undefined;
  const host = join(root, "dotnet");
  const { command, words } =
    typeof started === "string"
      ? { command: host, words: ["exec", ...libraryWords(started, seen), bootstrap ?? "", handler] }
      : { command: started.command ?? host, words: started.words };
  return {
    kind: "dotnet",
    command,
    arguments: words,
    names: command === host ? ["dotnet"] : [],
    version,
    mismatch: exact ? undefined : `${runtime} runs on .NET ${version} here.`,
    packages: bootstrap === undefined ? undefined : dirname(bootstrap),
    home: root,
    variables: {
      LAMBDA_RUNTIME_NAME: runtime,
      DOTNET_ROOT: root,
      DOTNET_VERSION: version,
      DOTNET_RUNNING_IN_CONTAINER: "true",
      DOTNET_NOLOGO: "true",
      DOTNET_CLI_TELEMETRY_OPTOUT: "true",
      // As AWS's runtime tells the collector; by itself it goes by the machine's memory.
      DOTNET_GCHeapHardLimit: (memorySize * 1024 * 1024).toString(16),
      ...(exact ? {} : { DOTNET_ROLL_FORWARD: "Major" }),
    },
  };
}

type Started = { readonly command?: string; readonly words: readonly string[] };

/** By the handler's shape, as AWS's start script goes by it: a class library's assembly, or how something else is started. */
function startedBy(handler: string, { contents, taskRoot }: Seen): string | Started {
  if (handler.includes(":")) {
    const assembly = handler.slice(0, handler.indexOf(":"));
    for (const [ending, code] of [["deps.json", 105] as const, ["runtimeconfig.json", 106] as const])
      if (fileOf(assembly, ending, contents.taskRoot) === undefined)
        return failing(
          `.NET binaries for Lambda function are not correctly installed in the ${taskRoot} directory of the image when the image was built. The ${taskRoot} directory is missing the required .${ending} file.`,
          code,
        );
    return assembly;
  }
  const assembly = handler.endsWith(".dll") ? handler : `${handler}.dll`;
  if (existsSync(join(contents.taskRoot, assembly))) return { words: ["exec", join(taskRoot, assembly)] };
  const binary = join(taskRoot, handler);
  if (existsSync(join(contents.taskRoot, handler))) return { command: binary, words: [] };
  return failing(`executable assembly ${join(taskRoot, assembly)} or binary ${binary} not found.`, 104);
}

/** As AWS's start script ends. */
function failing(reason: string, code: number): Started {
  return { command: "/bin/sh", words: ["-c", 'echo "Error: $1" >&2; exit "$2"', "sh", reason, String(code)] };
}

function libraryWords(assembly: string, { contents, taskRoot }: Seen): string[] {
  const file = (ending: string): string => join(taskRoot, fileOf(assembly, ending, contents.taskRoot) ?? "");
  return ["--depsfile", file("deps.json"), "--runtimeconfig", file("runtimeconfig.json")];
}

/** The assembly's own, or the only one there is. */
function fileOf(assembly: string, ending: string, folder: string): string | undefined {
  if (existsSync(join(folder, `${assembly}.${ending}`))) return `${assembly}.${ending}`;
  const others = readdirSync(folder).filter((name) => name.endsWith(`.${ending}`));
  return others.length === 1 ? others[0] : undefined;
}

/** The newest of that major version, else of the next one there is: no .NET runs what was built for a newer one. */
function nearest(wanted: number, all: readonly Dotnet[]): Dotnet | undefined {
  const majors = all.map(({ version }) => majorOf(version)).filter((major) => major >= wanted);
  const major = Math.min(...majors);
  return all.findLast(({ version }) => majorOf(version) === major);
}

function majorOf(version: string): number {
  return Number.parseInt(version);
}

/** Every runtime of this machine, or of the installation that DOTNET_ROOT names, the oldest first. */
async function everyDotnet(): Promise<readonly Dotnet[]> {
  const own = process.env["DOTNET_ROOT"];
  const roots = own === undefined ? [join(homedir(), ".dotnet"), ...PLACES] : [own];
  const hosts = roots.map((root) => join(root, "dotnet")).filter((host) => existsSync(host));
  const found = (await Promise.all([...(own === undefined ? ["dotnet"] : []), ...hosts].map(askDotnet))).flat();
  return [...new Map(found.map((each) => [`${each.root} ${each.version}`, each])).values()].toSorted((one, other) =>
    one.version.localeCompare(other.version, "en", { numeric: true }),
  );
}

/** Asks a host what it has: the one on the path may be a script that leads elsewhere. */
function askDotnet(command: string): Promise<readonly Dotnet[]> {
  let answer = asked.get(command);
  if (answer === undefined) {
    answer = new Promise((resolve) => {
      execFile(command, ["--list-runtimes"], { timeout: 10_000 }, (_error, stdout) => {
        const runtimes = Array.from(stdout.matchAll(RUNTIME), ([, version = "", folder = ""]) => ({
          root: dirname(dirname(folder)),
          version,
        }));
        resolve(runtimes.filter(({ root }) => existsSync(join(root, "dotnet"))));
      });
    });
    asked.set(command, answer);
  }
  return answer;
}
