// The properties of resources as the last suite's deployment had them: their references lead to the ids and ARNs of that deployment.

import { evaluate } from "../services/cloudformation/rules/evaluate.ts";
import { NO_VALUE, type Environment } from "../services/cloudformation/rules/environment.ts";
import { isObject, type PlainObject } from "../services/cloudformation/rules/template.ts";
import { environmentOf } from "./offline-environment.ts";
import type { ReadResource, ReadStack } from "./read-stack.ts";
import type { DeployedResource } from "./stack-resources.ts";
import type { SuiteUsage } from "./usage.ts";

export type DeployedProperties = {
  readonly stack: ReadStack;
  readonly resource: ReadResource;
  readonly deployed: DeployedResource;
  /** Where the suite had it. */
  readonly region: string;
  readonly properties: PlainObject;
};

/** Of the resources that the suite's deployment had. */
export function deployedProperties(stacks: readonly ReadStack[], usage: SuiteUsage): DeployedProperties[] {
  const deployment = new Deployment(stacks, usage);
  return stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) => {
      const deployed = deployment.resource(stack.name, resource.logicalId);
      if (deployed === undefined) return [];
      const properties = evaluated(resource, deployment.environment(stack));
      return [{ stack, resource, deployed, region: deployment.region(stack), properties }];
    }),
  );
}

class Deployment {
  readonly #stacks: ReadonlyMap<string, ReadStack>;
  readonly #resources: ReadonlyMap<string, ReadonlyMap<string, DeployedResource>>;
  readonly #account: string;
  readonly #regions: ReadonlyMap<string, string>;
  readonly #environments = new Map<string, Environment>();

  constructor(stacks: readonly ReadStack[], { stacks: deployed, account }: SuiteUsage) {
    this.#stacks = new Map(stacks.map((stack) => [stack.name, stack]));
    this.#resources = new Map(
      deployed.map(({ stack, resources }) => [stack, new Map(resources.map((each) => [each.logicalId, each]))]),
    );
    this.#account = account;
    this.#regions = new Map(deployed.map(({ stack, region }) => [stack, region]));
  }

  resource(stack: string, logicalId: string): DeployedResource | undefined {
    return this.#resources.get(stack)?.get(logicalId);
  }

  region({ name, place }: ReadStack): string {
    return this.#regions.get(name) ?? place.region;
  }

  environment(stack: ReadStack): Environment {
    let environment = this.#environments.get(stack.name);
    if (environment === undefined) this.#environments.set(stack.name, (environment = this.#made(stack)));
    return environment;
  }

  #made(stack: ReadStack): Environment {
    const place = { ...stack.place, account: this.#account, region: this.region(stack) };
    return {
      ...environmentOf(stack.template, place, this.#parameters(stack)),
      ref: (logicalId) => this.resource(stack.name, logicalId)?.id ?? logicalId,
      attribute: (logicalId, name) => this.#attribute(stack.name, logicalId, name),
      exported: (name) => this.#exported(name),
    };
  }

  /** A nested stack's are its parent's to say. */
  #parameters({ name, nested, parameters }: ReadStack): PlainObject {
    const end = name.lastIndexOf("/");
    const parent = nested ? this.#stacks.get(name.slice(0, end)) : undefined;
    const own = parent?.template.Resources[name.slice(end + 1)];
    if (parent === undefined || own === undefined) return parameters;
    const given = evaluate(own.Properties?.["Parameters"] ?? {}, this.environment(parent));
    return isObject(given) ? given : {};
  }

  /** What is neither an ARN nor a nested stack's output is told apart, and that suffices. */
  #attribute(stack: string, logicalId: string, name: string): unknown {
    const nested = name.startsWith("Outputs.") ? this.#stacks.get(`${stack}/${logicalId}`) : undefined;
    const output = nested?.template.Outputs?.[name.slice("Outputs.".length)];
    if (nested !== undefined && output !== undefined) return evaluate(output.Value, this.environment(nested));
    const found = this.resource(stack, logicalId);
    return found?.arns[name] ?? `${found?.id ?? logicalId}.${name}`;
  }

  #exported(name: string): unknown {
    for (const stack of this.#stacks.values())
      for (const { Export, Value } of Object.values(stack.template.Outputs ?? {}))
        if (Export !== undefined && evaluate(Export.Name, this.environment(stack)) === name)
          return evaluate(Value, this.environment(stack));
    return name;
  }
}

/** A template that CloudFormation refuses is another rule's matter. */
function evaluated({ raw, properties }: ReadResource, environment: Environment): PlainObject {
  try {
    const all = evaluate(raw.Properties ?? {}, environment);
    return all !== NO_VALUE && isObject(all) ? all : properties;
  } catch {
    return properties;
  }
}
