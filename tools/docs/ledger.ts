// What `hangar check` goes by, gathered from the services' own lists and the fidelity room; `npm run docs` writes it, architecture.test.ts holds it true.

import { basename } from "node:path";
import type { Ledger, OperationsLedger, TypeLedger } from "../../hangar/readiness/ledger.ts";
import { ENGINE_TYPES } from "../../hangar/services/cloudformation/rules/coverage.ts";
import { filesOf, textOf, type ServiceRoom } from "../architecture/house.ts";

export const LEDGER = "hangar/readiness/generated/ledger.json";

/** A line a service and a type: what two people add meets in one line only when it is of one service. */
export function ledgerText(rooms: readonly ServiceRoom[]): string {
  const { operations, types } = ledgerOf(rooms);
  const lines = (entries: Readonly<Record<string, unknown>>): string =>
    Object.entries(entries)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(",\n");
  return `{"operations":{\n${lines(operations)}\n},"types":{\n${lines(types)}\n}}\n`;
}

function ledgerOf(rooms: readonly ServiceRoom[]): Ledger {
  const operations: Record<string, OperationsLedger> = {};
  const types: Record<string, TypeLedger> = {};
  const deployed = comparedDeployments();
  for (const { name, definition, model } of rooms) {
    if (definition === undefined || model === undefined) continue;
    const compared = comparedOperations(name);
    const all = Object.keys(definition.operations).toSorted();
    operations[name] = {
      prefix: model.signingName,
      verified: all.filter((each) => compared.has(each)),
      emulated: all.filter((each) => !compared.has(each)),
    };
    for (const { type, properties, inert = {} } of definition.resources ?? []) {
      const set = deployed.get(type);
      const verified = set && { verified: properties.filter((each) => set.has(each)).toSorted() };
      types[type] = { obeyed: properties.toSorted(), inert, ...verified };
    }
  }
  for (const [type, obeyed] of Object.entries(ENGINE_TYPES)) types[type] = { obeyed, inert: {} };
  return { operations, types };
}

/** `is("label", "Operation", …)` of a session or of what it made, and `says` of a refusal, compare an answer with the recorded one. */
const COMPARED = /\b(?:is|says)\(\s*(?:`[^`]*`|"[^"]*"|\w+),\s*"(\w+)"/g;

/** Operations of a service whose answers the fidelity room compares with what AWS answered. */
function comparedOperations(service: string): ReadonlySet<string> {
  const files = filesOf(`hangar/fidelity/${service}/*.ts`).filter((file) => basename(file) !== "session.ts");
  return new Set(files.flatMap((file) => [...textOf(file).matchAll(COMPARED)].map(([, name]) => name ?? "")));
}

type Template = {
  /** Logical ids of what a test lets describe, beside AWS's own description of the same. */
  readonly Metadata: { readonly Compared: readonly string[] };
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
};

const DEPLOYMENTS = "hangar/fidelity/deployments";

/** By type, the properties that a compared deployment sets; of templates that a test names. */
function comparedDeployments(): ReadonlyMap<string, ReadonlySet<string>> {
  const tests = filesOf(`${DEPLOYMENTS}/*.test.ts`).map(textOf);
  const compared = new Map<string, Set<string>>();
  for (const file of filesOf(`${DEPLOYMENTS}/templates/*.json`)) {
    const name = basename(file, ".json");
    if (!tests.some((test) => test.includes(`"${name}"`))) throw new Error(`No test deploys ${file}.`);
    const { Metadata, Resources } = JSON.parse(textOf(file)) as Template;
    for (const id of Metadata.Compared) {
      const resource = Resources[id];
      if (resource === undefined) throw new Error(`${file} has no ${id} to compare.`);
      const properties = compared.get(resource.Type) ?? new Set();
      for (const property of Object.keys(resource.Properties ?? {})) properties.add(property);
      compared.set(resource.Type, properties);
    }
  }
  return compared;
}
