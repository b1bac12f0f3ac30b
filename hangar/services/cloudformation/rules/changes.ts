// What a template would change about a stack's resources: the entries of a change set.

import { textOf } from "./text.ts";
import type { CloudFormationType } from "../../../models/model.ts";
import { differences, sameValue, strongest, type Difference, type Recreation } from "./differences.ts";
import { isUnknown, KNOWN_AFTER_APPLY } from "./environment.ts";
import { references, type Reference } from "./references.ts";
import type { PlainObject } from "./template.ts";

/** A resource as it is, or as the template would have it. */
export type Version = {
  readonly type: string;
  readonly properties: PlainObject;
  readonly metadata?: unknown;
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
};

export type TypeLooks = {
  readonly facts: CloudFormationType | undefined;
  /** False: nothing of it can change in place. */
  readonly updatable: boolean;
  replaces?(properties: PlainObject, previous: PlainObject): boolean;
};

export type Comparison = {
  readonly scope: readonly string[];
  readonly differences: readonly Difference[];
  readonly recreation: Recreation;
};

/** What differs; undefined when nothing does. */
export function compareVersions(before: Version, after: Version, looks: TypeLooks): Comparison | undefined {
  const found = differences(before.properties, after.properties, looks.facts);
  const scope = [
    ...(found.length > 0 ? ["Properties"] : []),
    ...(looks.facts?.tags !== undefined && !sameValue(before.tags, after.tags) ? ["Tags"] : []),
    ...(sameValue(before.metadata, after.metadata) ? [] : ["Metadata"]),
    ...(before.deletionPolicy === after.deletionPolicy ? [] : ["DeletionPolicy"]),
    ...(before.updateReplacePolicy === after.updateReplacePolicy ? [] : ["UpdateReplacePolicy"]),
  ];
  if (scope.length === 0) return undefined;
  if (found.length === 0) return { scope, differences: found, recreation: "Never" };
  const forced = !looks.updatable || looks.replaces?.(after.properties, before.properties) === true;
  const own = strongest(found.map((difference) => difference.recreation));
  // Where the facts say "maybe", the handler has decided.
  const recreation = forced ? "Always" : own === "Conditionally" && looks.replaces !== undefined ? "Never" : own;
  return { scope, differences: found, recreation };
}

export type Causes = {
  /** Parameters whose values differ from the stack's. */
  readonly parameters: ReadonlySet<string>;
  /** Resources that this change set changes, and whether they are replaced. */
  readonly resources: ReadonlyMap<string, { readonly replaced: boolean }>;
};

function policyAction(replaced: boolean, policy: string): string | undefined {
  return replaced
    ? `ReplaceAnd${policy === "Delete" || policy === "RetainExceptOnCreate" ? "Delete" : policy}`
    : undefined;
}

export function addition(logicalId: string, after: Version): PlainObject {
  return {
    Action: "Add",
    LogicalResourceId: logicalId,
    ResourceType: after.type,
    Scope: [],
    Details: [],
    AfterContext: context(after.properties),
  };
}

export function importation(logicalId: string, physicalId: string, after: Version): PlainObject {
  return { ...addition(logicalId, after), Action: "Import", PhysicalResourceId: physicalId };
}

export function removal(logicalId: string, physicalId: string | undefined, before: Version): PlainObject {
  const action = before.deletionPolicy === "RetainExceptOnCreate" ? "Retain" : before.deletionPolicy;
  return {
    Action: "Remove",
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: before.type,
    PolicyAction: action,
    Scope: [],
    Details: [],
    BeforeContext: context(before.properties),
  };
}

function context(properties: PlainObject): string {
  return JSON.stringify({ Properties: properties });
}

export type Modified = {
  readonly logicalId: string;
  readonly physicalId: string | undefined;
  readonly before: Version;
  readonly after: Version;
  readonly raw: PlainObject;
};

export function modification(resource: Modified, comparison: Comparison, causes: Causes): PlainObject {
  const details = [
    ...comparison.differences.flatMap((difference) => propertyDetails(difference, resource.raw, causes)),
    ...comparison.scope.filter((part) => part !== "Properties").map((part) => attributeDetail(part, resource)),
  ];
  const replacement = replacementOf(comparison, resource.raw, causes);
  return {
    Action: "Modify",
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.after.type,
    Replacement: replacement,
    PolicyAction: policyAction(replacement !== "False", resource.after.updateReplacePolicy),
    Scope: comparison.scope,
    Details: details,
    BeforeContext: context(resource.before.properties),
    AfterContext: context(resource.after.properties),
  };
}

/** A value that is not known yet replaces for sure only when what it comes from is itself replaced. */
function replacementOf(comparison: Comparison, raw: PlainObject, causes: Causes): "True" | "False" | "Conditional" {
  if (comparison.recreation === "Never") return "False";
  if (comparison.recreation === "Conditionally") return "Conditional";
  const forcing = comparison.differences.filter((difference) => difference.recreation === "Always");
  if (forcing.length === 0) return "True";
  const certain = forcing.some(
    (difference) =>
      !isUnknown(difference.after) ||
      causesOf(raw[difference.path[0] ?? ""], causes).some(
        (cause) => cause.kind !== "parameter" && causes.resources.get(cause.name)?.replaced === true,
      ),
  );
  return certain ? "True" : "Conditional";
}

type Cause = { readonly kind: "parameter" | "resource" | "attribute"; readonly name: string; readonly entity: string };

function causesOf(raw: unknown, causes: Causes): Cause[] {
  const found = new Map<string, Cause>();
  for (const reference of references(raw)) {
    const cause = causeOf(reference, causes);
    if (cause !== undefined) found.set(cause.entity, cause);
  }
  return [...found.values()];
}

function causeOf(reference: Reference, causes: Causes): Cause | undefined {
  if (reference.kind === "condition") return undefined;
  if (reference.kind === "ref" && causes.parameters.has(reference.name))
    return { kind: "parameter", name: reference.name, entity: reference.name };
  if (!causes.resources.has(reference.name)) return undefined;
  return reference.kind === "ref"
    ? { kind: "resource", name: reference.name, entity: reference.name }
    : { kind: "attribute", name: reference.name, entity: `${reference.name}.${reference.attribute}` };
}

const SOURCES = {
  parameter: "ParameterReference",
  resource: "ResourceReference",
  attribute: "ResourceAttribute",
} as const;

function propertyDetails(difference: Difference, raw: PlainObject, causes: Causes): PlainObject[] {
  const name = difference.path[0] ?? "";
  const target = {
    Attribute: "Properties",
    Name: name,
    RequiresRecreation: difference.recreation,
    Path: `/Properties/${difference.path.join("/")}`,
    AttributeChangeType: difference.kind,
    ...(difference.before === undefined ? {} : { BeforeValue: textOf(difference.before) }),
    ...(difference.after === undefined ? {} : { AfterValue: textOf(difference.after) }),
  };
  const from = causesOf(raw[name], causes);
  const direct = {
    Target: target,
    ChangeSource: "DirectModification",
    Evaluation: from.length > 0 || textOf(difference.after).includes(KNOWN_AFTER_APPLY) ? "Dynamic" : "Static",
  };
  return [
    direct,
    ...from.map((cause) => ({
      Target: target,
      ChangeSource: SOURCES[cause.kind],
      Evaluation: "Static",
      CausingEntity: cause.entity,
    })),
  ];
}

function attributeDetail(part: string, resource: Modified): PlainObject {
  const values =
    part === "Metadata"
      ? [resource.before.metadata, resource.after.metadata]
      : part === "Tags"
        ? [resource.before.tags, resource.after.tags]
        : part === "DeletionPolicy"
          ? [resource.before.deletionPolicy, resource.after.deletionPolicy]
          : [resource.before.updateReplacePolicy, resource.after.updateReplacePolicy];
  const [before, after] = values;
  const kind = before === undefined ? "Add" : after === undefined ? "Remove" : "Modify";
  return {
    Target: {
      Attribute: part,
      RequiresRecreation: "Never",
      Path: `/${part}`,
      AttributeChangeType: kind,
      ...(before === undefined ? {} : { BeforeValue: textOf(before) }),
      ...(after === undefined ? {} : { AfterValue: textOf(after) }),
    },
    ChangeSource: "DirectModification",
    Evaluation: "Static",
  };
}

const VALUES = ["Path", "BeforeValue", "AfterValue", "AttributeChangeType"];

/** The same entry as DescribeChangeSet gives it without IncludePropertyValues. */
export function withoutValues(change: PlainObject): PlainObject {
  const { BeforeContext: _before, AfterContext: _after, ...rest } = change;
  const details = (change["Details"] as readonly PlainObject[]).map((detail): PlainObject => ({
    ...detail,
    Target: Object.fromEntries(
      Object.entries(detail["Target"] as PlainObject).filter(([key]) => !VALUES.includes(key)),
    ),
  }));
  const byAttribute = new Set(
    details
      .filter(
        (detail) => detail["ChangeSource"] === "ResourceAttribute" || detail["ChangeSource"] === "ResourceReference",
      )
      .map((detail) => (detail["Target"] as PlainObject)["Name"]),
  );
  const kept = details.filter(
    (detail) =>
      !(
        detail["ChangeSource"] === "DirectModification" &&
        detail["Evaluation"] === "Dynamic" &&
        byAttribute.has((detail["Target"] as PlainObject)["Name"])
      ),
  );
  const seen = new Set<string>();
  return {
    ...rest,
    Details: kept.filter(
      (detail) => !seen.has(JSON.stringify(detail)) && seen.add(JSON.stringify(detail)) !== undefined,
    ),
  };
}
