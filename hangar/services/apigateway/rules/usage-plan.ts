// What a usage plan may say, the day and period a request falls in, and what the plan's patches do.

import type { ApiStage, PatchOperation, QuotaSettings, ThrottleSettings } from "../../../models/apigateway.d.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { badRequest } from "../errors.ts";
import { numberIn, optionalText, text, without, type PatchRule, type PatchRules } from "./patch.ts";
import { key, type ApiGatewayContext, type UsagePlanRow } from "../store.ts";

const DAY = 86_400_000;

/** Stages are those of REST APIs and of WebSocket APIs. */
export async function checkPlan(
  { store, ports }: ApiGatewayContext,
  plan: Pick<UsagePlanRow, "apiStages" | "quota" | "throttle">,
  noSuchStage: (apiId: string, stage: string) => AwsError,
): Promise<void> {
  for (const { apiId = "", stage = "" } of plan.apiStages ?? []) {
    const rest = store.apis.has(apiId) && store.stages.has(key(apiId, stage));
    if (!rest && !(await ports.httpApis.hasWebSocketStage(apiId, stage))) throw noSuchStage(apiId, stage);
  }
  if (plan.quota !== undefined) checkQuota(plan.quota);
}

/** `<api>:<stage>` */
export function checkStageNames(operations: readonly PatchOperation[] | undefined): void {
  for (const { path, value = "" } of operations ?? []) {
    if (path === "/apiStages" && !/^[^:]+:[^:]+$/.test(value)) throw badRequest("Invalid API Stage specified");
  }
}

function checkQuota({ limit = 0, offset = 0, period }: QuotaSettings): void {
  if (period === undefined) throw badRequest("Usage Plan quota period must be specified");
  if (limit < 0) throw badRequest("Usage Plan quota limit must be zero or greater");
  const last = period === "DAY" ? 0 : period === "WEEK" ? 6 : 27;
  if (offset < 0 || offset > last)
    throw badRequest(
      period === "DAY"
        ? "Usage Plan quota offset must be zero in the DAY period"
        : `Usage Plan quota offset must be between zero and ${last} inclusive in the ${period} period`,
    );
}

/** `2024-01-31`, in UTC. */
export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** A name for the period a time falls in: its first day. Weeks start on Sunday, months on the first, plus the offset in days. */
export function periodOf({ period, offset = 0 }: QuotaSettings, now: number): string {
  const shifted = new Date(now - offset * DAY);
  if (period === "WEEK") return dayOf(shifted.getTime() - shifted.getUTCDay() * DAY);
  if (period === "MONTH") return `${dayOf(shifted.getTime()).slice(0, 7)}-01`;
  return dayOf(now);
}

function apiStageName({ apiId = "", stage = "" }: ApiStage): string {
  return `${apiId}:${stage}`;
}

const apiStages: PatchRule<UsagePlanRow> = {
  ops: ["add", "remove"],
  apply(row, { op, value }) {
    const kept = (row.apiStages ?? []).filter((each) => apiStageName(each) !== value);
    if (op === "remove") return { ...row, apiStages: kept };
    const [apiId = "", stage = ""] = value.split(":");
    return { ...row, apiStages: [...kept, { apiId, stage }] };
  },
};

/** `/apiStages/<api>:<stage>/throttle/<path>/<method>[/rateLimit|/burstLimit]`; whole at once as JSON, or a member at a time. */
const stageThrottle: PatchRule<UsagePlanRow> = {
  ops: ["add", "replace", "remove"],
  apply(row, { op, keys, value, path }) {
    const [name = "", resource = "", method = "", member] = keys;
    const place = `${resource}/${method}`;
    const changed = (row.apiStages ?? []).map((each) => {
      if (apiStageName(each) !== name) return each;
      const { [place]: before, ...others } = each.throttle ?? {};
      if (op === "remove") return { ...each, throttle: others };
      const settings = member === undefined ? throttleIn(value) : { ...before, [member]: numberIn({ value, path }) };
      return { ...each, throttle: { ...others, [place]: settings } };
    });
    return { ...row, apiStages: changed };
  },
};

function throttleIn(value: string): ThrottleSettings {
  try {
    return JSON.parse(value) as ThrottleSettings;
  } catch {
    throw badRequest("Invalid throttle settings specified");
  }
}

const quota: PatchRule<UsagePlanRow> = {
  ops: ["add", "replace", "remove"],
  apply(row, { op, keys, value, path }) {
    const [name = ""] = keys;
    if (op === "remove") return without(row, "quota");
    const said = name === "period" ? value : numberIn({ value, path });
    return { ...row, quota: { offset: 0, ...row.quota, [name]: said } };
  },
};

const throttle: PatchRule<UsagePlanRow> = {
  ops: ["add", "replace", "remove"],
  apply(row, { op, keys, value, path }) {
    const [name = ""] = keys;
    if (op === "remove") return without(row, "throttle");
    return { ...row, throttle: { ...row.throttle, [name]: numberIn({ value, path }) } };
  },
};

const whole = (name: "quota" | "throttle"): PatchRule<UsagePlanRow> => ({
  ops: ["remove"],
  apply: (row) => without(row, name),
});

export const usagePlanPatches: PatchRules<UsagePlanRow> = {
  "/name": text("name"),
  "/description": optionalText("description"),
  "/productCode": text("productCode"),
  "/apiStages": apiStages,
  "/apiStages/*/throttle/*/*": stageThrottle,
  "/apiStages/*/throttle/*/*/*": stageThrottle,
  "/quota": whole("quota"),
  "/quota/*": quota,
  "/throttle": whole("throttle"),
  "/throttle/*": throttle,
};
