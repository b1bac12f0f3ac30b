// Reads every import of the repository and fails on one that crosses a wall; `npm run depcruise`.

import { existsSync } from "node:fs";
import { cruise } from "dependency-cruiser";
import type { ICruiseResult, IViolation } from "dependency-cruiser";
import { Visitor } from "@swc/core/Visitor.js";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";

const rooms = ["hangar", "e2e", "bench", "docs", "stack", "handlers", "site", "tools"].filter((room) =>
  existsSync(room),
);

/** The visitor of @swc/core 1.16 does not know `using` declarations, which its parser reads. */
type Using = { readonly type: "UsingDeclaration"; readonly decls: Parameters<Visitor["visitVariableDeclarators"]>[0] };
const { visitStatement } = Visitor.prototype;
Visitor.prototype.visitStatement = function visit(statement) {
  const { type, decls } = statement as unknown as Using;
  if (type !== "UsingDeclaration") return visitStatement.call(this, statement);
  this.visitVariableDeclarators(decls);
  return statement;
};

function describeViolation(violation: IViolation): string {
  const cycle = violation.cycle?.map((step) => step.name).join(" -> ");
  return `${violation.rule.name}: ${violation.from} -> ${cycle ?? violation.to}`;
}

const options = await extractDepcruiseOptions("./.dependency-cruiser.mjs");
const reading = await cruise(rooms, { ...options, validate: true });
const result = reading.output as ICruiseResult;
const modulesOfOurs = result.modules.filter((module) => /^hangar\/.*\.ts$/.test(module.source));
const dependencies = modulesOfOurs.flatMap((module) => module.dependencies);

for (const violation of result.summary.violations) console.error(describeViolation(violation));
if (modulesOfOurs.length === 0 || dependencies.length === 0) {
  console.error("No module of hangar/ was read: the parser is blind, so none of the rules above was checked.");
  process.exitCode = 1;
}
if (result.summary.violations.length > 0) process.exitCode = 1;
console.log(
  `${modulesOfOurs.length} files, ${dependencies.length} imports, ${result.summary.violations.length} walls crossed`,
);
