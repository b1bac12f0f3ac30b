// The coverage section of a service's README: what its service.ts covers of AWS's model, as tables.

import type { ResourceType } from "../../hangar/cloud/resource.ts";
import type { ServiceDefinition } from "../../hangar/cloud/service.ts";
import { loadCloudFormationType } from "../../hangar/models/load.ts";
import type { ServiceModel } from "../../hangar/models/model.ts";

export const start = "<!-- coverage:start -->";
export const end = "<!-- coverage:end -->";

export type Coverage = { readonly covered: readonly string[]; readonly missing: readonly string[] };

export function coverageOf(definition: ServiceDefinition, model: ServiceModel): Coverage {
  const names = Object.keys(model.operations).toSorted();
  return {
    covered: names.filter((name) => name in definition.operations),
    missing: names.filter((name) => !(name in definition.operations)),
  };
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", ");
}

/** Properties AWS has that are neither obeyed nor accepted: a template that sets one fails before anything is created. */
function refusedProperties(resource: ResourceType): readonly string[] {
  const facts = loadCloudFormationType(resource.type);
  const known = new Set([...resource.properties, ...Object.keys(resource.inert ?? {})]);
  return Object.keys(facts?.properties ?? {})
    .filter((name) => !known.has(name))
    .toSorted();
}

function resourceRow(resource: ResourceType): string {
  const inert = Object.entries(resource.inert ?? {}).map(
    ([name, why]) => `\`${name}\` (${why.replaceAll("|", "\\|")})`,
  );
  const cells = [list(resource.properties.toSorted()), inert.join("; ") || "none", list(refusedProperties(resource))];
  return `| \`${resource.type}\` | ${cells.join(" | ")} |`;
}

function resourceTable(resources: readonly ResourceType[]): readonly string[] {
  if (resources.length === 0) return [];
  const rows = resources.toSorted((a, b) => a.type.localeCompare(b.type)).map(resourceRow);
  return [
    "",
    "| CloudFormation type | obeyed | inert: accepted without effect | refused by name |",
    "|---|---|---|---|",
    ...rows,
  ];
}

/** The section with its markers; `npm run docs` writes it, architecture.test.ts compares it. */
export function coverageSection(definition: ServiceDefinition, model: ServiceModel): string {
  const { covered, missing } = coverageOf(definition, model);
  return [
    start,
    `${covered.length} of ${covered.length + missing.length} operations. Written by \`npm run docs\`; do not edit.`,
    "",
    "| operations | |",
    "|---|---|",
    `| covered | ${list(covered)} |`,
    `| not covered: \`NotEmulated\` | ${list(missing)} |`,
    ...resourceTable(definition.resources ?? []),
    end,
  ].join("\n");
}

/** The section as a README has it, or undefined. */
export function sectionIn(readme: string): string | undefined {
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  return from < 0 || to < from ? undefined : readme.slice(from, to + end.length);
}

/** The README with its section replaced, or appended under a heading of its own. */
export function withSection(readme: string, section: string): string {
  const old = sectionIn(readme);
  if (old !== undefined) return readme.replace(old, () => section);
  return `${readme.trimEnd()}\n\n## Coverage\n\n${section}\n`;
}
