// What a template's functions read while they are evaluated: parameters, conditions, other resources, exports.

import type { Template } from "./template.ts";

export type Environment = {
  readonly template: Template;
  /** Values of parameters: text, or a list of texts for the list types. */
  readonly parameters: ReadonlyMap<string, unknown>;
  /** `AWS::Region` and its like. */
  readonly pseudo: Readonly<Record<string, unknown>>;
  readonly conditions: ReadonlyMap<string, boolean>;
  /** What Ref gives for a resource of the template. */
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  /** What another stack exports under the name. */
  exported(name: string): unknown;
  zones(region: string): readonly string[];
};

/** What `Ref: AWS::NoValue` gives: the property or list item that holds it goes away. */
export const NO_VALUE: unique symbol = Symbol("AWS::NoValue");

/** In a change set: a value that only comes into being when the set is executed. */
export const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

export function isUnknown(value: unknown): boolean {
  return value === KNOWN_AFTER_APPLY;
}
