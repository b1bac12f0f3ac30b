// What a template's functions give before anything is deployed: what cannot be known yet is said to be unknown.

import { evaluateConditions } from "../services/cloudformation/rules/conditions.ts";
import { KNOWN_AFTER_APPLY, isUnknown, type Environment } from "../services/cloudformation/rules/environment.ts";
import { references } from "../services/cloudformation/rules/references.ts";
import { isObject, type PlainObject, type Template } from "../services/cloudformation/rules/template.ts";

/** Where the stack is meant to go. */
export type Place = { readonly account: string; readonly region: string; readonly stackName: string };

export type OfflineEnvironment = Environment & {
  /** Conditions that hang on what is not known: neither met nor not. */
  readonly open: ReadonlySet<string>;
};

export function environmentOf(template: Template, place: Place, given: PlainObject): OfflineEnvironment {
  const parameters = parametersOf(template, given);
  const unknown = (): unknown => KNOWN_AFTER_APPLY;
  const open = openConditions(template, parameters);
  const base = {
    template,
    parameters,
    pseudo: {
      "AWS::AccountId": place.account,
      "AWS::NotificationARNs": [],
      "AWS::Partition": partitionOf(place.region),
      "AWS::Region": place.region,
      "AWS::StackId": KNOWN_AFTER_APPLY,
      "AWS::StackName": place.stackName,
      "AWS::URLSuffix": place.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com",
    },
    ref: unknown,
    attribute: unknown,
    exported: unknown,
    zones: (region: string) => ["a", "b", "c"].map((letter) => `${region}${letter}`),
  };
  return { ...base, conditions: evaluateConditions(template, base), open };
}

function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function parametersOf(template: Template, given: PlainObject): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(template.Parameters ?? {}).map(([name, { Type, Default }]) => {
      const value = given[name] ?? (Type.startsWith("AWS::SSM::") ? undefined : Default);
      if (value === undefined || isUnknown(value)) return [name, KNOWN_AFTER_APPLY];
      const isList = Type === "CommaDelimitedList" || Type.startsWith("List<");
      return [name, isList && typeof value === "string" ? value.split(",").map((item) => item.trim()) : value];
    }),
  );
}

/** Conditions that hang on a parameter whose value is not known. */
function openConditions(template: Template, parameters: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const bodies = template.Conditions ?? {};
  const open = new Set<string>();
  const isOpen = (name: string, way: readonly string[] = []): boolean =>
    [...references(bodies[name], true)].some((reference) =>
      reference.kind === "condition"
        ? !way.includes(reference.name) && isOpen(reference.name, [...way, name])
        : isUnknown(parameters.get(reference.name)),
    );
  for (const name of Object.keys(bodies)) if (isOpen(name)) open.add(name);
  return open;
}

/** The same with every Fn::If whose condition is open made unknown: neither branch may be judged. */
export function withoutOpenChoices(value: unknown, open: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutOpenChoices(item, open));
  if (!isObject(value)) return value;
  const choice = value["Fn::If"];
  if (Array.isArray(choice) && open.has(String(choice[0]))) return KNOWN_AFTER_APPLY;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutOpenChoices(item, open)]));
}
