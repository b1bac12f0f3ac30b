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
  for (const { name, definition, model } of rooms) {
    if (definition === undefined || model === undefined) continue;
    const compared = comparedOperations(name);
    const all = Object.keys(definition.operations).toSorted();
    operations[name] = {
      prefix: model.signingName,
      verified: all.filter((each) => compared.has(each)),
      emulated: all.filter((each) => !compared.has(each)),
    };
    for (const { type, properties, inert = {} } of definition.resources ?? [])
      types[type] = { obeyed: properties.toSorted(), inert };
  }
  for (const [type, obeyed] of Object.entries(ENGINE_TYPES)) types[type] = { obeyed, inert: {} };
  return { operations, types };
}

/** `s.is("label", "Operation", …)`, and `s.says` of a refusal, compares an answer with the recorded one. */
const COMPARED = /\.(?:is|says)\(\s*(?:`[^`]*`|"[^"]*"|\w+),\s*"(\w+)"/g;

/** Operations of a service whose answers the fidelity room compares with what AWS answered. */
function comparedOperations(service: string): ReadonlySet<string> {
  const files = filesOf(`hangar/fidelity/${service}/*.ts`).filter((file) => basename(file) !== "session.ts");
  return new Set(files.flatMap((file) => [...textOf(file).matchAll(COMPARED)].map(([, name]) => name ?? "")));
}
