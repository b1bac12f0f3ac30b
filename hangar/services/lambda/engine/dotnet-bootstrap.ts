// The bootstrap for .NET class libraries, built from its sources by this machine's own C# compiler and kept for the next time.

import { execFile } from "node:child_process";
import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { invalidRuntime } from "../errors.ts";

const SOURCES = fileURLToPath(new URL("./bootstrap/dotnet", import.meta.url));
/** What Roslyn and Mono's compiler both understand. */
const OPTIONS = "-nologo -noconfig -nostdlib -target:exe -optimize+ -langversion:7.2 -nowarn:1701,1702".split(" ");
const PRODUCT = "Hangar.Lambda.dll";
/** Assemblies of the framework, and not what else lies beside them on Windows. */
const ASSEMBLY = /^(?:System|Microsoft|mscorlib|netstandard|WindowsBase)\b(?!.*\bNative\b).*\.dll$/;

/** One Microsoft.NETCore.App of an installation. */
export type Dotnet = { readonly root: string; readonly version: string };

/** Where compilers and what they compile against may be. */
export type Toolbox = { readonly dotnets: readonly Dotnet[]; readonly path: readonly string[] };

export type Compilation = { readonly command: string; readonly words: readonly string[] };

const built = new Map<string, Promise<string>>();

/** Its path. Throws InvalidRuntimeException, which says what to install. */
export async function dotnetBootstrap(runtime: string, found: Dotnet, all: readonly Dotnet[]): Promise<string> {
  const others = all.filter(({ root }) => root !== found.root);
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const compilation = compilationOf({ dotnets: [...all.filter(({ root }) => root === found.root), ...others], path });
  const advice = "install the .NET SDK (a runtime alone runs executable assemblies)";
  if (compilation === undefined)
    throw invalidRuntime(runtime, `A class library's handler needs a C# compiler: ${advice}.`);
  const texts = sourceFiles().map((file) => readFileSync(file, "utf8"));
  const key = hash("sha256", JSON.stringify([compilation, texts])).slice(0, 20);
  let product = built.get(key);
  if (product === undefined) {
    product = build(compilation, join(cacheFolder(), `dotnet-${key}`));
    built.set(key, product);
    product.catch(() => built.delete(key));
  }
  try {
    return await product;
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Partial<Record<"stdout" | "stderr", string>> & Error;
    const said = /.*\berror\b.*/.exec(`${stdout}\n${stderr}`)?.[0] ?? message;
    throw invalidRuntime(
      runtime,
      `${compilation.command} cannot build Hangar's bootstrap for it: ${advice}. (${said})`,
    );
  }
}

/** The newest SDK's own compiler, else Mono's, against the oldest framework there is: what is built for that runs on all. */
export function compilationOf({ dotnets, path }: Toolbox): Compilation | undefined {
  const references = referencesIn(dotnets);
  const roots = [...new Set(dotnets.map(({ root }) => root))];
  const sdk = roots
    .flatMap((root) => versionsIn(join(root, "sdk")).map((version) => ({ root, version })))
    .map(({ root, version }) => ({ root, csc: join(root, "sdk", version, "Roslyn", "bincore", "csc.dll") }))
    .findLast(({ csc }) => existsSync(csc));
  const mono = path.map((folder) => join(folder, "mcs")).find((file) => existsSync(file));
  const words = [...OPTIONS, ...references.map((file) => `-r:${file}`), ...sourceFiles()];
  if (sdk !== undefined) return { command: join(sdk.root, "dotnet"), words: ["exec", sdk.csc, ...words] };
  return mono === undefined ? undefined : { command: mono, words };
}

/** A reference pack's, or a runtime's own. */
function referencesIn(dotnets: readonly Dotnet[]): string[] {
  const packs = dotnets.flatMap(({ root }) => {
    const folder = join(root, "packs", "Microsoft.NETCore.App.Ref");
    return versionsIn(folder).flatMap((version) =>
      namesIn(join(folder, version, "ref")).map((name) => ({ version, folder: join(folder, version, "ref", name) })),
    );
  });
  const runtimes = dotnets.map(({ root, version }) => ({
    version,
    folder: join(root, "shared", "Microsoft.NETCore.App", version),
  }));
  const oldest = [...packs, ...runtimes]
    .filter(({ version }) => byVersion(version, "3.1") >= 0)
    .toSorted((one, other) => byVersion(one.version, other.version))[0];
  if (oldest === undefined) return [];
  return namesIn(oldest.folder)
    .filter((name) => ASSEMBLY.test(name))
    .toSorted()
    .map((name) => join(oldest.folder, name));
}

function sourceFiles(): string[] {
  return namesIn(SOURCES)
    .toSorted()
    .map((name) => join(SOURCES, name));
}

async function build({ command, words }: Compilation, folder: string): Promise<string> {
  const product = join(folder, PRODUCT);
  if (existsSync(product)) return product;
  await mkdir(cacheFolder(), { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  try {
    await promisify(execFile)(command, [...words, `-out:${join(fresh, PRODUCT)}`], { timeout: 120_000 });
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process may have been faster.
    if (!existsSync(product)) throw error;
  }
  return product;
}

function cacheFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "hangar");
}

function versionsIn(folder: string): string[] {
  return namesIn(folder).toSorted(byVersion);
}

function byVersion(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
