// Which declaration files a door's types need: those reached from it by relative imports.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Absolute paths, the door's own among them. */
export function declarationsFrom(door: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [door];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(
      /(?:from |import\(|import )"(\.{1,2}\/[^"]+)"/g,
    ))
      waiting.push(declarationAt(join(dirname(file), specifier)));
  }
  return reached;
}

function declarationAt(path: string): string {
  const found = [path.replace(/\.(js|ts)$/, ".d.ts"), path].find((each) => each.endsWith(".d.ts") && existsSync(each));
  if (found === undefined) throw new Error(`${path} has no declaration`);
  return found;
}
