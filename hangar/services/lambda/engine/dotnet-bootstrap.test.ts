// What the bootstrap for .NET class libraries is built with: an SDK's own compiler, or Mono's, against the oldest framework.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compilationOf } from "./dotnet-bootstrap.ts";

/** A folder with these files, all empty. */
function folderWith(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "hangar-dotnet-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  return folder;
}

const RUNTIME = "shared/Microsoft.NETCore.App";
const PACK = "packs/Microsoft.NETCore.App.Ref";

test("the newest SDK's Roslyn builds it against the oldest reference pack", () => {
  const root = folderWith(
    `${RUNTIME}/10.0.1/System.Runtime.dll`,
    "sdk/9.0.300/Roslyn/bincore/csc.dll",
    "sdk/10.0.100/Roslyn/bincore/csc.dll",
    `${PACK}/10.0.0/ref/net10.0/System.Runtime.dll`,
    `${PACK}/9.0.1/ref/net9.0/System.Runtime.dll`,
    `${PACK}/9.0.1/ref/net9.0/System.Runtime.xml`,
  );
  const made = compilationOf({ dotnets: [{ root, version: "10.0.1" }], path: [folderWith("mcs")] });
  expect(made?.command).toBe(join(root, "dotnet"));
  expect(made?.words.slice(0, 9)).toEqual([
    "exec",
    join(root, "sdk/10.0.100/Roslyn/bincore/csc.dll"),
    "-nologo",
    "-noconfig",
    "-nostdlib",
    "-target:exe",
    "-optimize+",
    "-langversion:7.2",
    "-nowarn:1701,1702",
  ]);
  expect(made?.words.filter((word) => word.startsWith("-r:"))).toEqual([
    `-r:${join(root, PACK, "9.0.1/ref/net9.0/System.Runtime.dll")}`,
  ]);
  expect(made?.words.at(-1)).toMatch(/bootstrap\/dotnet\/RuntimeApi\.cs$/);
});

test("without a pack it is built against a runtime's own assemblies, and without an SDK by Mono's compiler", () => {
  const root = folderWith(
    `${RUNTIME}/8.0.4/System.Runtime.dll`,
    `${RUNTIME}/3.1.23/System.Runtime.dll`,
    `${RUNTIME}/3.1.23/mscorlib.dll`,
    `${RUNTIME}/3.1.23/System.Native.so`,
    `${RUNTIME}/3.1.23/Microsoft.DiaSymReader.Native.amd64.dll`,
    `${RUNTIME}/3.1.23/coreclr.dll`,
    `${RUNTIME}/2.1.30/System.Runtime.dll`,
  );
  const mono = folderWith("mcs");
  const dotnets = ["2.1.30", "3.1.23", "8.0.4"].map((version) => ({ root, version }));
  const made = compilationOf({ dotnets, path: ["/nowhere", mono] });
  expect(made?.command).toBe(join(mono, "mcs"));
  expect(made?.words.filter((word) => word.startsWith("-r:"))).toEqual([
    `-r:${join(root, RUNTIME, "3.1.23/System.Runtime.dll")}`,
    `-r:${join(root, RUNTIME, "3.1.23/mscorlib.dll")}`,
  ]);
  expect(compilationOf({ dotnets, path: ["/nowhere"] })).toBeUndefined();
});
