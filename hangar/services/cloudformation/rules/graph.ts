// Which resource waits for which: DependsOn and whatever its template part refers to.

import { invalid } from "../errors.ts";
import { references } from "./references.ts";
import type { Template, TemplateResource } from "./template.ts";

export type Graph = ReadonlyMap<string, readonly string[]>;

/** Logical ids of `active` resources that a resource waits for. */
function dependenciesOf(
  resource: TemplateResource,
  active: ReadonlySet<string>,
  conditions: ReadonlyMap<string, boolean>,
): string[] {
  const names = new Set<string>(
    typeof resource.DependsOn === "string" ? [resource.DependsOn] : (resource.DependsOn ?? []),
  );
  for (const reference of references(chosenBranches([resource.Properties, resource.Metadata], conditions)))
    if (reference.kind !== "condition") names.add(reference.name);
  return [...names].filter((name) => active.has(name));
}

/** Only the branch of each Fn::If that is taken counts. */
function chosenBranches(value: unknown, conditions: ReadonlyMap<string, boolean>): unknown {
  if (Array.isArray(value)) return value.map((item) => chosenBranches(item, conditions));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "Fn::If" && Array.isArray(first[1]))
    return chosenBranches(
      (first[1] as unknown[])[conditions.get(String((first[1] as unknown[])[0])) === true ? 1 : 2],
      conditions,
    );
  return Object.fromEntries(entries.map(([key, item]) => [key, chosenBranches(item, conditions)]));
}

/** Logical ids of the resources whose conditions are met. */
function activeResources(template: Template, conditions: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const names = Object.entries(template.Resources).filter(
    ([, resource]) => resource.Condition === undefined || conditions.get(resource.Condition) === true,
  );
  return new Set(names.map(([name]) => name));
}

export function dependencyGraph(template: Template, conditions: ReadonlyMap<string, boolean>): Graph {
  const active = activeResources(template, conditions);
  const graph = new Map<string, readonly string[]>();
  for (const name of active)
    graph.set(name, dependenciesOf(template.Resources[name] as TemplateResource, active, conditions));
  checkCycles(graph);
  return graph;
}

function checkCycles(graph: Graph): void {
  const waiting = new Map([...graph].map(([name, needs]) => [name, new Set(needs)]));
  for (let moved = true; moved;) {
    moved = false;
    for (const [name, needs] of waiting) {
      for (const need of needs) if (!waiting.has(need)) needs.delete(need);
      if (needs.size === 0) moved = waiting.delete(name) || moved;
    }
  }
  const stuck = [...waiting.keys()].filter((name) => reaches(name, name, waiting));
  if (stuck.length > 0) throw invalid(`Circular dependency between resources: [${stuck.join(", ")}]`);
}

/** Whether something that `from` waits for, however far, is `to`. */
function reaches(from: string, to: string, graph: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const open = [...(graph.get(from) ?? [])];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(graph.get(name) ?? []));
  }
  return false;
}

/** Names in an order in which everything comes after what it waits for. */
export function inOrder(graph: Graph): string[] {
  const out: string[] = [];
  const done = new Set<string>();
  const visit = (name: string): void => {
    if (done.has(name)) return;
    done.add(name);
    for (const need of graph.get(name) ?? []) if (graph.has(need)) visit(need);
    out.push(name);
  };
  for (const name of graph.keys()) visit(name);
  return out;
}
