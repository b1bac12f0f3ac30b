// The outputs of what was deployed as a declaration file, so that a misspelt output does not compile.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Written only when it changes: editors and watchers look at it. */
export function writeOutputTypes(file: string, names: readonly string[]): void {
  const text = outputTypes(names);
  if (textOf(file) === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** One interface, which `stack.outputs` takes its names from. */
function outputTypes(names: readonly string[]): string {
  const lines = [...new Set(names)]
    .toSorted()
    .map((name) => `    readonly ${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}: string;\n`);
  return `// Outputs of the deployed app, written by hangar/vitest/setup. Name this file in tsconfig.json's "include".
import "hangar/vitest";

declare module "hangar/vitest" {
  interface StackOutputs {
${lines.join("")}  }
}
`;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
