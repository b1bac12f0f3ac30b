// A change set for people: a line a resource, and what would be lost said in so many words.

import { loadCloudFormationType } from "../models/load.ts";
import type { ChangeSet, ResourceChange } from "./change-set.ts";

export type ChangeLine = {
  readonly text: string;
  /** Data goes: to be shown in red. */
  readonly loses: boolean;
};

/** What would be lost comes first. */
export function changeLines({ changes }: Pick<ChangeSet, "changes">): readonly ChangeLine[] {
  const width = Math.max(0, ...changes.map(({ ResourceType }) => ResourceType.length));
  const lines = changes.map((change) => ({ text: textOf(change, width), loses: losesData(change) }));
  return lines.toSorted((one, other) => Number(other.loses) - Number(one.loses));
}

function losesData(change: ResourceChange): boolean {
  if (loadCloudFormationType(change.ResourceType)?.stateful !== true) return false;
  if (change.Action === "Remove") return !keeps(change);
  return replaced(change) !== undefined;
}

function textOf(change: ResourceChange, width: number): string {
  const { Action, LogicalResourceId, PhysicalResourceId, ResourceType, Details = [] } = change;
  const replacement = replaced(change);
  const sign = replacement === undefined ? (SIGNS[Action] ?? "~") : "!";
  const verb = replacement === undefined ? Action : replacement === "maybe" ? "Replace?" : "Replace";
  const touched = [...new Set(Details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? []))];
  return [
    `${sign} ${verb.padEnd(8)} ${ResourceType.padEnd(width)} ${LogicalResourceId}`,
    ...(Action === "Modify" && touched.length > 0 ? [`(${touched.join(", ")})`] : []),
    ...(Action === "Remove" && PhysicalResourceId !== undefined ? [`(${PhysicalResourceId})`] : []),
    ...(lossOf(change) === "" ? [] : [`: ${lossOf(change)}`]),
  ]
    .join(" ")
    .replace(" : ", ": ");
}

const SIGNS: Readonly<Record<string, string>> = { Add: "+", Import: "+", Remove: "-", Modify: "~", Dynamic: "~" };

function lossOf(change: ResourceChange): string {
  const stateful = loadCloudFormationType(change.ResourceType)?.stateful === true;
  const replacement = replaced(change);
  const old = change.PhysicalResourceId === undefined ? "the old one" : change.PhysicalResourceId;
  if (change.Action === "Remove") {
    if (!keeps(change)) return stateful ? "its data is deleted" : "";
    return change.PolicyAction === "Snapshot" ? "a snapshot is kept" : "stays there, outside the stack";
  }
  if (replacement === undefined || !stateful) return "";
  const may = replacement === "maybe" ? "may be replaced: " : "";
  if (change.PolicyAction === "ReplaceAndRetain")
    return `${may}a new, empty one; ${old} stays there, outside the stack`;
  if (change.PolicyAction === "ReplaceAndSnapshot") return `${may}a new, empty one; of ${old} a snapshot is kept`;
  return `${may}a new, empty one; ${old} is deleted with its data`;
}

function replaced({ Action, Replacement }: ResourceChange): "surely" | "maybe" | undefined {
  if (Action !== "Modify") return undefined;
  return Replacement === "True" ? "surely" : Replacement === "Conditional" ? "maybe" : undefined;
}

function keeps({ PolicyAction }: ResourceChange): boolean {
  return PolicyAction === "Retain" || PolicyAction === "Snapshot";
}
