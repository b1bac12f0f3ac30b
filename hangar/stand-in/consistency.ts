// Eventual consistency: what AWS documents as such is seen late, by up to the time that was asked for.

import type { CallContext } from "../cloud/context.ts";
import type { TableSet } from "../cloud/operation.ts";
import type { AccessRule } from "../cloud/service.ts";
import { eventual } from "./eventual.ts";
import { LateContext, pastOf } from "./past.ts";
import type { Trait } from "./traits.ts";

/** `longest` in milliseconds. */
export function consistency(longest: number): Trait {
  /** Every row looked at may be one of another host. */
  const late = (context: CallContext): CallContext =>
    new LateContext(context, () => pastOf(context.world, longest).seen());
  return {
    before: ({ world }) => pastOf(world, longest).keep(),
    operation: (definition, name, run) => {
      const rule = eventual[definition.name];
      if (rule?.reads.test(name) !== true) return undefined;
      return (input, context) => {
        if (rule.when?.(input, name) === false) return run(input, context);
        const seen = pastOf(context.world, longest).seen();
        return run(input, new LateContext(context, () => seen));
      };
    },
    service: (definition) => {
      const rule = eventual[definition.name];
      if (rule === undefined) return definition;
      const { provides = {}, access } = definition;
      const ports = Object.entries(provides).map(([name, provide]) => {
        const make = provide as (context: unknown) => unknown;
        return [name, rule.ports?.includes(name) === true ? (context: CallContext) => make(late(context)) : make];
      });
      const rules = Object.entries(access).map(([name, ask]): [string, AccessRule<TableSet>] => [
        name,
        rule.policies === true ? (input, context) => ask(input, late(context as never) as never) : ask,
      ]);
      return { ...definition, provides: Object.fromEntries(ports), access: Object.fromEntries(rules) };
    },
  };
}
