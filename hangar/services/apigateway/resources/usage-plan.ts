// The CloudFormation type AWS::ApiGateway::UsagePlan.

import type { Properties, ResourceType } from "../../../cloud/resource.ts";
import type { PatchOperation } from "../../../models/apigateway.d.ts";
import { amount, call, found, remove, replaced, tagsOf, textOf, toTags, updateTags, written } from "./properties.ts";

type Structure = Readonly<Record<string, unknown>>;

export const usagePlan: ResourceType = {
  type: "AWS::ApiGateway::UsagePlan",
  properties: ["UsagePlanName", "Description", "ApiStages", "Quota", "Throttle", "Tags"],
  async create(properties, context) {
    const made = await call(context, "CreateUsagePlan", {
      name: textOf(properties, "UsagePlanName") || context.physicalName(128),
      description: properties["Description"],
      apiStages: stagesOf(properties),
      quota: quotaOf(properties),
      throttle: throttleOf(properties["Throttle"]),
      tags: tagsOf(properties, context),
    });
    const id = written(made["id"]);
    return { id, attributes: { Id: id } };
  },
  async update(state, properties, previous, context) {
    const named = replaced(properties, previous, { UsagePlanName: "/name", Description: "/description" });
    const patchOperations: PatchOperation[] = [
      ...named.filter((patch) => patch.value !== "" || patch.path !== "/name"),
      ...stagePatches(properties, previous),
      ...limits("/quota", quotaOf(properties), quotaOf(previous)),
      ...limits("/throttle", throttleOf(properties["Throttle"]), throttleOf(previous["Throttle"])),
    ];
    if (patchOperations.length > 0) await call(context, "UpdateUsagePlan", { usagePlanId: state.id, patchOperations });
    await updateTags(`arn:aws:apigateway:${context.region}::/usageplans/${state.id}`, properties, previous, context);
    return state;
  },
  async delete(state, _properties, context) {
    const plan = await found(context, "GetUsagePlan", { usagePlanId: state.id });
    if (plan === undefined) return;
    const stages = (plan["apiStages"] ?? []) as readonly { readonly apiId: string; readonly stage: string }[];
    const patchOperations = stages.map(({ apiId, stage }) => ({
      op: "remove",
      path: "/apiStages",
      value: `${apiId}:${stage}`,
    }));
    if (patchOperations.length > 0) await call(context, "UpdateUsagePlan", { usagePlanId: state.id, patchOperations });
    await remove(context, "DeleteUsagePlan", { usagePlanId: state.id });
  },
  async read(id, context) {
    const row = await found(context, "GetUsagePlan", { usagePlanId: id });
    return row === undefined ? undefined : { Id: id, UsagePlanName: row["name"], Tags: toTags(row["tags"]) };
  },
};

function throttleOf(value: unknown): Structure | undefined {
  const { BurstLimit, RateLimit } = (value ?? {}) as Structure;
  if (BurstLimit === undefined && RateLimit === undefined) return undefined;
  const given = { burstLimit: amount(BurstLimit), rateLimit: amount(RateLimit) };
  return Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined));
}

function quotaOf(properties: Properties): Structure | undefined {
  const quota = properties["Quota"] as Structure | undefined;
  if (quota === undefined || Object.keys(quota).length === 0) return undefined;
  return { limit: amount(quota["Limit"]), offset: amount(quota["Offset"]) ?? 0, period: quota["Period"] };
}

function stagesOf(properties: Properties): readonly Structure[] {
  return ((properties["ApiStages"] ?? []) as readonly Structure[]).map(({ ApiId, Stage, Throttle }) => {
    const throttle = Object.entries((Throttle ?? {}) as Structure).flatMap(([place, value]) => {
      const settings = throttleOf(value);
      return settings === undefined ? [] : [[place, settings] as const];
    });
    return { apiId: ApiId, stage: Stage, ...(throttle.length === 0 ? {} : { throttle: Object.fromEntries(throttle) }) };
  });
}

function stagePatches(properties: Properties, previous: Properties): PatchOperation[] {
  const wanted = stagesOf(properties);
  const before = stagesOf(previous);
  if (JSON.stringify(wanted) === JSON.stringify(before)) return [];
  const name = (each: Structure): string => `${written(each["apiId"])}:${written(each["stage"])}`;
  return [
    ...before.map((each) => ({ op: "remove", path: "/apiStages", value: name(each) })),
    ...wanted.map((each) => ({ op: "add", path: "/apiStages", value: name(each) })),
    ...wanted.flatMap((each) =>
      Object.entries((each["throttle"] ?? {}) as Structure).map(([place, settings]) => {
        const at = place.lastIndexOf("/");
        const path = place.slice(0, at).replaceAll("/", "~1");
        return {
          op: "replace",
          path: `/apiStages/${name(each)}/throttle/${path}${place.slice(at)}`,
          value: JSON.stringify(settings),
        };
      }),
    ),
  ];
}

function limits(path: string, wanted: Structure | undefined, before: Structure | undefined): PatchOperation[] {
  if (JSON.stringify(wanted) === JSON.stringify(before)) return [];
  if (wanted === undefined) return [{ op: "remove", path }];
  return Object.entries(wanted).map(([name, value]) => ({
    op: "replace",
    path: `${path}/${name}`,
    value: written(value),
  }));
}
