// What the new template does to resources that stand already: data that is replaced or deleted, names that a replacement cannot have.

import { loadCloudFormationType } from "../../models/load.ts";
import { isCustom } from "../../services/cloudformation/rules/coverage.ts";
import { differences, strongest, type Difference } from "../../services/cloudformation/rules/differences.ts";
import { KNOWN_AFTER_APPLY } from "../../services/cloudformation/rules/environment.ts";
import { dataTypes, snapshotByDefault } from "../data-types.ts";
import type { Finding } from "../finding.ts";
import { names } from "../names.ts";
import type { ReadResource } from "../read-stack.ts";
import type { Rule } from "../rule.ts";

type Judged = Omit<Finding, "rule" | "stack" | "logicalId">;

export const replacement: Rule = {
  name: "replaced-data",
  says: "Against the deployed template: a change replaces or deletes data, or cannot replace what has a fixed name.",
  find: ({ stacks, deployed }) =>
    stacks.flatMap(({ name: stack, resources }) => {
      const before = deployed.get(stack)?.resources ?? [];
      return before.flatMap((old) => {
        const { logicalId } = old;
        const now = resources.find((each) => each.logicalId === logicalId);
        const judged = now === undefined ? removed(old) : changed(old, now);
        return judged.map((each) => ({ rule: "replaced-data", stack, logicalId, ...each }));
      });
    }),
};

function removed({ type, path, raw }: ReadResource): Judged[] {
  if (!dataTypes.has(type)) return [];
  const policy = raw.DeletionPolicy ?? (snapshotByDefault.has(type) ? "Snapshot" : "Delete");
  if (policy === "Delete")
    return [
      {
        level: "error",
        message: `${path} (${type}) is no longer in the template: its data is deleted.`,
        help: "Was it renamed or moved in the app? Its logical id must stay. Is it to go, deploy DeletionPolicy Retain first.",
      },
    ];
  return [{ level: "note", message: `${path} (${type}) is no longer in the template: ${policy} keeps its data.` }];
}

function changed(old: ReadResource, now: ReadResource): Judged[] {
  if (old.type !== now.type)
    return [
      {
        level: "error",
        message: `It is ${old.type} there and ${now.type} in the template: CloudFormation refuses to change a type.`,
        help: "Give the new one another logical id.",
      },
    ];
  if (isCustom(now.type)) return [];
  const found = differences(comparable(old, now), comparable(now, old), loadCloudFormationType(now.type));
  const recreation = strongest(found.map((each) => each.recreation));
  if (recreation === "Never") return [];
  const forcing = found.filter((each) => each.recreation === recreation);
  return recreation === "Always" ? replaced(now, old, forcing) : perhaps(now, forcing);
}

function replaced(now: ReadResource, old: ReadResource, forcing: readonly Difference[]): Judged[] {
  const { type, raw } = now;
  const property = pathOf(forcing);
  const fixed = names[type]?.property;
  const same =
    fixed !== undefined &&
    typeof raw.Properties?.[fixed] === "string" &&
    raw.Properties[fixed] === old.raw.Properties?.[fixed];
  const blocked: Judged[] = same
    ? [
        {
          level: "error",
          property,
          message: `A change of ${property} replaces it, and the new one cannot have the ${fixed} that the old one has: the deployment fails.`,
          help: "Give it another name together with the change, or leave the name to CloudFormation.",
        },
      ]
    : [];
  if (!dataTypes.has(type)) return blocked;
  const policy = raw.UpdateReplacePolicy ?? (snapshotByDefault.has(type) ? "Snapshot" : "Delete");
  const fate =
    policy === "Delete"
      ? "the data of the old one is deleted"
      : `the old one stays with its data (${policy}), and the new one is empty`;
  return [
    ...blocked,
    {
      level: "error",
      property,
      message: `A change of ${property} replaces it: ${fate}.`,
      help: "Take the change back, or move the data on purpose: a second resource, a copy, then the old one goes.",
    },
  ];
}

function perhaps({ type }: ReadResource, forcing: readonly Difference[]): Judged[] {
  if (!dataTypes.has(type)) return [];
  const property = pathOf(forcing);
  return [
    {
      level: "warning",
      property,
      message: `A change of ${property} may replace it, which CloudFormation decides on AWS.`,
      help: "Look at the change set before you execute it: hangar diff --target aws.",
    },
  ];
}

function pathOf(forcing: readonly Difference[]): string {
  return [...new Set(forcing.map(({ path }) => path.join(".")))].join(", ");
}

/** Properties of which one side is not known are compared as they are written. */
function comparable({ properties, raw }: ReadResource, other: ReadResource): Readonly<Record<string, unknown>> {
  const open = (value: unknown): boolean => (JSON.stringify(value) ?? "").includes(KNOWN_AFTER_APPLY);
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      open(value) || open(other.properties[name]) ? raw.Properties?.[name] : value,
    ]),
  );
}
