// Canary releases: a share of a stage's requests goes to another deployment, with variables of its own.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html

import type { Ids } from "../../../kernel/ids.ts";
import type { CanarySettings, PatchOperation } from "../../../models/apigateway.d.ts";
import { badRequest } from "../errors.ts";
import { without, type Change, type PatchRules } from "./patch.ts";
import { stageWords } from "./stage-words.ts";
import type { StageRow } from "../store.ts";

/** What nobody set: the stage's own deployment, and no traffic. */
export function newCanary(given: CanarySettings, deploymentId: string): CanarySettings {
  return checked({ deploymentId, percentTraffic: 0, useStageCache: false, ...withoutGaps(given) });
}

/** A request's stage as the canary has it. */
export function canaryOf(row: StageRow): StageRow {
  const { deploymentId, stageVariableOverrides } = row.canarySettings ?? {};
  return { ...row, deploymentId: deploymentId ?? row.deploymentId, ...overridden(row, stageVariableOverrides) };
}

/** Whether the next request is the canary's. */
export function isCanary({ canarySettings }: StageRow, ids: Pick<Ids, "fraction">): boolean {
  return canarySettings !== undefined && ids.fraction() * 100 < (canarySettings.percentTraffic ?? 0);
}

const COPIES: Readonly<Record<string, string>> = {
  "/deploymentId": "/canarySettings/deploymentId",
  "/variables": "/canarySettings/stageVariableOverrides",
};

/** Promotes a part of the canary to the stage. */
export function promoted(row: StageRow, { path = "", from = "" }: PatchOperation): StageRow {
  if (COPIES[path] !== from)
    throw badRequest(
      `Invalid copy operation with path: ${path} and from ${from}. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]`,
    );
  const canary = row.canarySettings;
  if (canary === undefined) throw badRequest("Promotion not available. Canary does not exist.");
  if (path === "/variables") return { ...row, ...overridden(row, canary.stageVariableOverrides) };
  return { ...row, deploymentId: canary.deploymentId ?? row.deploymentId };
}

export const canaryPatches: PatchRules<StageRow> = {
  "/canarySettings": {
    ops: ["add", "replace", "remove"],
    apply(row, { op, path }) {
      if (op !== "remove") throw badRequest(stageWords(op, path, []));
      return without(row, "canarySettings");
    },
  },
  "/canarySettings/stageVariableOverrides/*": {
    ops: ["add", "replace", "remove"],
    apply(row, { op, keys: [name = ""], value }) {
      const { [name]: _before, ...others } = row.canarySettings?.stageVariableOverrides ?? {};
      return changed(row, { stageVariableOverrides: op === "remove" ? others : { ...others, [name]: value } });
    },
  },
  "/canarySettings/*": { ops: ["add", "replace", "remove"], apply: setMember },
};

function setMember(row: StageRow, { op, keys: [name = ""], path, value }: Change): StageRow {
  if (op === "remove")
    throw badRequest(
      `Cannot remove method setting ${path.slice(1)} because there is no method setting for this method `,
    );
  const read = MEMBERS[name];
  if (read === undefined) throw badRequest(stageWords(op, path, []));
  if (op === "add") throw badRequest(`Invalid add operation with path: ${path}`);
  return changed(row, { [name]: read(value) });
}

const MEMBERS: Readonly<Record<string, (value: string) => unknown>> = {
  deploymentId: (value) => value,
  percentTraffic: Number,
  useStageCache: (value) => value.toLowerCase() === "true",
};

function changed(row: StageRow, settings: CanarySettings): StageRow {
  return { ...row, canarySettings: newCanary({ ...row.canarySettings, ...settings }, row.deploymentId) };
}

function checked(settings: CanarySettings): CanarySettings {
  const { percentTraffic = 0 } = settings;
  if (!(percentTraffic >= 0 && percentTraffic <= 100))
    throw badRequest("Invalid canary settings specified. percentTraffic must be between 0.0 and 100.0");
  return settings;
}

function overridden(row: StageRow, overrides: CanarySettings["stageVariableOverrides"]): Pick<StageRow, "variables"> {
  return overrides === undefined ? {} : { variables: { ...row.variables, ...overrides } };
}

/** No overrides are not shown. */
function withoutGaps({ stageVariableOverrides = {}, ...rest }: CanarySettings): CanarySettings {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return Object.keys(stageVariableOverrides).length === 0 ? given : { ...given, stageVariableOverrides };
}
