// docs/benchmarks.md: the table, the machine it was made on, and how to read it.

import { readFileSync } from "node:fs";
import { cpus, platform, release, totalmem } from "node:os";
import { isMissed, markdown, type Row } from "./table.ts";

/** `load`: how many processes wanted the processors before the run; a quiet machine has less than one. */
export function page(rows: readonly Row[], now: Date, load: number): string {
  const processors = cpus();
  const machine = [
    `${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `${platform()} ${release()}`,
    `Node ${process.versions.node}`,
    `load ${load.toFixed(1)} before the run`,
  ].join(", ");
  const missed = rows.filter(isMissed).length;
  return [
    "# Benchmarks",
    "",
    "Written by `npm run bench -- --write`; do not edit. Medians, of the built package, with the raw machine measured in the same run:",
    "absolute numbers are this machine's, the ratios travel. Clients and servers share its processors.",
    "",
    `${now.toISOString().slice(0, 10)}, ${machine}. ${missed === 0 ? "Every aim is met." : `${missed} of ${rows.filter(({ aim }) => aim !== undefined).length} aims are missed.`}`,
    "",
    markdown(rows),
    "",
    missed === 0 ? "" : readFileSync(new URL("./why.md", import.meta.url), "utf8"),
  ].join("\n");
}
