// Compares a prepared template with a stack as it stands: the changes of a change set, and why it cannot be deployed if it cannot.

import { textOf } from "../rules/text.ts";
import type { Context } from "../../../cloud/operation.ts";
import { reachableIn } from "../../../cloud/reachable-url.ts";
import { invalid } from "../errors.ts";
import { addition, compareVersions, importation, modification, removal, type Version } from "../rules/changes.ts";
import { isCustom, uncovered, type Planned } from "../rules/coverage.ts";
import { KNOWN_AFTER_APPLY, NO_VALUE, type Environment } from "../rules/environment.ts";
import { evaluate } from "../rules/evaluate.ts";
import { inOrder } from "../rules/graph.ts";
import type { StackParameter } from "../rules/parameters.ts";
import { coerceProperties } from "../rules/properties.ts";
import { sameValue } from "../rules/differences.ts";
import type { PlainObject, TemplateResource } from "../rules/template.ts";
import { within, type Import, type Resource, type Stack, type Tables, type Tag } from "../store.ts";
import type { Prepared } from "./prepare.ts";
import { looksOf, lookUps, runOf } from "./type-look-ups.ts";

export type Plan = {
  readonly changes: readonly PlainObject[];
  readonly outputsDiffer: boolean;
  readonly problems: readonly string[];
};

type Fate = { readonly replaced: boolean; readonly resource: Resource; readonly changed: ReadonlySet<string> };

/** The resources of a stack that exist. */
export function resourcesOf(stackId: string, context: Context<Tables>): Map<string, Resource> {
  return new Map(
    [...context.store.resources.rows({ prefix: within(stackId) })]
      .filter((row) => row.state !== undefined && row.status !== "DELETE_COMPLETE")
      .map((row) => [row.logicalId, row]),
  );
}

export function policyOf(value: string | undefined, environment: Environment): string {
  const policy = evaluate(value, environment);
  return typeof policy === "string" ? policy : "Delete";
}

export function planChanges(
  prepared: Prepared,
  request: {
    readonly stack: Stack | undefined;
    readonly tags: readonly Tag[];
    readonly imports: readonly Import[];
    /** What to compare with, where that is not what the stack knows. */
    readonly live?: ReadonlyMap<string, Resource> | undefined;
  },
  context: Context<Tables>,
): Plan {
  const present =
    request.live ??
    (request.stack === undefined ? new Map<string, Resource>() : resourcesOf(request.stack.id, context));
  const fates = new Map<string, Fate>();
  const environment = unsettled(prepared, present, fates);
  const origin = context.store.deployments.get(request.stack?.deploymentId ?? "")?.origin ?? context.request.origin;
  const planner = new Planner(prepared, environment, { present, fates, origin, ...request }, context);
  const changes = planner.changes();
  const outputsDiffer =
    request.stack !== undefined &&
    outputsOf(prepared, environment, origin) !==
      JSON.stringify(
        request.stack.outputs.map(({ key, value, exportName, description }) => [
          key,
          value,
          exportName ?? null,
          description ?? null,
        ]),
      );
  return { changes, outputsDiffer, problems: uncovered(planner.planned, lookUps(context)) };
}

/** Evaluates with resources as they are: what is made or changed by the deploy is not known yet. */
function unsettled(
  prepared: Prepared,
  present: ReadonlyMap<string, Resource>,
  fates: ReadonlyMap<string, Fate>,
): Environment {
  return {
    ...prepared.environment,
    exported: (name) => {
      try {
        return prepared.environment.exported(name);
      } catch {
        return KNOWN_AFTER_APPLY;
      }
    },
    ref: (name) => {
      const state = present.get(name)?.state;
      return state === undefined || fates.get(name)?.replaced === true ? KNOWN_AFTER_APPLY : (state.ref ?? state.id);
    },
    attribute: (name, attribute) => {
      const fate = fates.get(name);
      const resource = present.get(name);
      if (resource?.state === undefined || fate?.replaced === true) return KNOWN_AFTER_APPLY;
      if (fate !== undefined && (isCustom(resource.type) || resource.run === "stack" || fate.changed.has(attribute)))
        return KNOWN_AFTER_APPLY;
      return resource.state.attributes[attribute] ?? KNOWN_AFTER_APPLY;
    },
  };
}

function outputsOf(prepared: Prepared, environment: Environment, origin: string): string {
  const out: unknown[] = [];
  for (const [key, output] of Object.entries(prepared.template.Outputs ?? {})) {
    if (output.Condition !== undefined && environment.conditions.get(output.Condition) !== true) continue;
    const value = reachableIn(evaluate(output.Value, environment), origin);
    if (value === NO_VALUE) continue;
    const exportName = output.Export === undefined ? undefined : evaluate(output.Export.Name, environment);
    out.push([key, textOf(value), exportName ?? null, output.Description ?? null]);
  }
  return JSON.stringify(out);
}

type Planning = {
  readonly stack: Stack | undefined;
  readonly present: ReadonlyMap<string, Resource>;
  readonly fates: Map<string, Fate>;
  readonly origin: string;
  readonly tags: readonly Tag[];
  readonly imports: readonly Import[];
};

class Planner {
  readonly planned: Planned[] = [];
  readonly #prepared: Prepared;
  readonly #environment: Environment;
  readonly #planning: Planning;
  readonly #context: Context<Tables>;

  constructor(prepared: Prepared, environment: Environment, planning: Planning, context: Context<Tables>) {
    this.#prepared = prepared;
    this.#environment = environment;
    this.#planning = planning;
    this.#context = context;
  }

  changes(): PlainObject[] {
    const { template, graph } = this.#prepared;
    const found = new Map<string, PlainObject>();
    const retyped: string[] = [];
    for (const name of inOrder(graph)) {
      const raw = template.Resources[name] as TemplateResource;
      const before = this.#planning.present.get(name);
      if (before !== undefined && before.type !== raw.Type) retyped.push(name);
      const change = this.#changeOf(name, raw, before);
      if (change !== undefined) found.set(name, change);
    }
    if (retyped.length > 0)
      throw invalid(
        `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${retyped.join(", ")}]`,
      );
    const kept = Object.keys(template.Resources).flatMap((name): PlainObject[] =>
      [found.get(name)].filter((change) => change !== undefined),
    );
    const gone = [...this.#planning.present.values()].filter((resource) => !graph.has(resource.logicalId));
    return [...kept, ...gone.map((resource) => removal(resource.logicalId, resource.state?.id, resource))];
  }

  #changeOf(name: string, raw: TemplateResource, before: Resource | undefined): PlainObject | undefined {
    const after = this.#version(name, raw);
    this.planned.push({ logicalId: name, type: raw.Type, properties: after.properties });
    const imported = this.#planning.imports.find((item) => item.logicalId === name);
    if (imported !== undefined) return importation(name, Object.values(imported.identifier).join("|"), after);
    if (before === undefined) return addition(name, after);
    const comparison = compareVersions(before, after, looksOf(raw.Type, before.run, this.#context));
    if (comparison === undefined) return undefined;
    const replaced = comparison.recreation === "Always";
    this.#planning.fates.set(name, {
      replaced,
      resource: before,
      changed: new Set(comparison.differences.map((difference) => difference.path[0] ?? "")),
    });
    const parameters = new Set(
      this.#prepared.parameters.filter((item) => !this.#sameParameter(item)).map((item) => item.key),
    );
    const modified = { logicalId: name, physicalId: before.state?.id, before, after, raw: raw.Properties ?? {} };
    return modification(modified, comparison, { parameters, resources: this.#planning.fates });
  }

  #sameParameter(item: StackParameter): boolean {
    const known = this.#planning.stack?.parameters.find((other) => other.key === item.key);
    return known !== undefined && (known.resolved ?? known.value) === (item.resolved ?? item.value);
  }

  #version(name: string, raw: TemplateResource): Version {
    const environment = this.#environment;
    const properties = reachableIn(evaluate(raw.Properties ?? {}, environment), this.#planning.origin) as PlainObject;
    const facts =
      runOf(raw.Type, name, this.#prepared.template) === "registry"
        ? lookUps(this.#context).facts(raw.Type)
        : undefined;
    const metadata = raw.Metadata === undefined ? undefined : evaluate(raw.Metadata, environment);
    return {
      type: raw.Type,
      properties: facts === undefined ? properties : leniently(() => coerceProperties(properties, facts), properties),
      ...(metadata === undefined ? {} : { metadata }),
      deletionPolicy: policyOf(raw.DeletionPolicy, environment),
      updateReplacePolicy: policyOf(raw.UpdateReplacePolicy, environment),
      tags: this.#planning.tags,
    };
  }
}

/** A resource whose properties its type would refuse fails when its turn comes. */
function leniently(run: () => PlainObject, otherwise: PlainObject): PlainObject {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

export function nothingToDo(
  plan: Plan,
  request: { readonly stack: Stack | undefined; readonly tags: readonly Tag[] },
): boolean {
  return (
    request.stack !== undefined &&
    plan.changes.length === 0 &&
    !plan.outputsDiffer &&
    sameValue(request.stack.tags, request.tags)
  );
}
