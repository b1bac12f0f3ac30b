// Adds to package-lock.json the other platforms' optional packages that npm left out; `npm run lockfile`, after each npm install.
// npm drops an optional package that the registry at hand does not carry, and then `npm ci` refuses the lockfile it wrote itself.

import { readFileSync, writeFileSync } from "node:fs";

type Entry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lockfile = { readonly packages: Record<string, object> };

const file = "package-lock.json";
const systems = ["darwin", "linux", "win32", "freebsd", "android", "openharmony", "sunos", "netbsd", "openbsd", "aix"];
const processors = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** What the package's own manifest says, as its name tells it: `binding-linux-arm64-musl`. */
function platformOf(name: string): object {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  if (cpu.length === 0) throw new Error(`${name} does not tell its platform by its name`);
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return { cpu, ...(libc.length > 0 ? { libc } : {}), ...(os.length > 0 ? { os } : {}) };
}

function missingOf(parent: Entry, packages: Lockfile["packages"]): readonly [string, object][] {
  const names = Object.entries(parent.optionalDependencies ?? {});
  return names
    .filter(([name, range]) => packages[`node_modules/${name}`] === undefined && /^\d+\.\d+\.\d+/.test(range))
    .map(([name, version]) => {
      const dev = parent.dev === true ? { dev: true } : {};
      return [`node_modules/${name}`, { version, ...platformOf(name), ...dev, optional: true }];
    });
}

const lockfile = JSON.parse(readFileSync(file, "utf8")) as Lockfile;
const added = Object.values(lockfile.packages).flatMap((entry) => missingOf(entry, lockfile.packages));
Object.assign(lockfile.packages, Object.fromEntries(added));
const sorted = Object.entries(lockfile.packages).toSorted(([a], [b]) => a.localeCompare(b, "en"));
writeFileSync(file, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added`);
