// How an option changes services: their definitions are altered as they are loaded, so that a cloud without it runs none of this.

import type { CallContext } from "../cloud/context.ts";
import type { Operation, RequestFacts, TableSet } from "../cloud/operation.ts";
import { isSeed } from "../cloud/seeding.ts";
import type { ServiceDefinition } from "../cloud/service.ts";

/** An operation as the gateway runs it. */
export type Run = (input: never, context: CallContext) => unknown;

/** What one option changes. */
export type Trait = {
  /** Before any operation runs, whoever calls it; not before what is there from the start is made. */
  readonly before?: (context: CallContext) => void;
  /** The operation as calls from outside meet it: not those that one service makes of another. Undefined where nothing changes. */
  readonly operation?: (definition: ServiceDefinition, name: string, run: Run) => Run | undefined;
  /** Its ports, access rules and resource types. */
  readonly service?: (definition: ServiceDefinition) => ServiceDefinition;
};

/** The change that all these make together. */
export function alteration(traits: readonly Trait[]): (definition: ServiceDefinition) => ServiceDefinition {
  const served = new WeakSet<RequestFacts>();
  return (definition) => {
    const operations = Object.entries(definition.operations).map(([name, operation]) => {
      const run = operation as unknown as Run;
      const outside = traits.reduce((inner, trait) => trait.operation?.(definition, name, inner) ?? inner, run);
      const altered: Run = (input, context) => {
        if (!isSeed(context.request)) for (const trait of traits) trait.before?.(context);
        return isFromOutside(context, served) ? outside(input, context) : run(input, context);
      };
      return [name, altered as unknown as Operation<never, unknown, TableSet>] as const;
    });
    const changed: ServiceDefinition = { ...definition, operations: Object.fromEntries(operations) };
    return traits.reduce((before, trait) => trait.service?.(before) ?? before, changed);
  };
}

/** A request carries one call; what that call leads to has the same request. */
function isFromOutside({ request }: CallContext, served: WeakSet<RequestFacts>): boolean {
  if (request.caller === undefined || served.has(request)) return false;
  served.add(request);
  return true;
}
