// API Gateway's operations on usage plans, by API name.

import { createUsagePlanKey } from "../operations/usage-plan/create-usage-plan-key.ts";
import { createUsagePlan } from "../operations/usage-plan/create-usage-plan.ts";
import { deleteUsagePlanKey } from "../operations/usage-plan/delete-usage-plan-key.ts";
import { deleteUsagePlan } from "../operations/usage-plan/delete-usage-plan.ts";
import { getUsagePlanKey } from "../operations/usage-plan/get-usage-plan-key.ts";
import { getUsagePlanKeys } from "../operations/usage-plan/get-usage-plan-keys.ts";
import { getUsagePlan } from "../operations/usage-plan/get-usage-plan.ts";
import { getUsagePlans } from "../operations/usage-plan/get-usage-plans.ts";
import { getUsage } from "../operations/usage-plan/get-usage.ts";
import { updateUsagePlan } from "../operations/usage-plan/update-usage-plan.ts";
import { updateUsage } from "../operations/usage-plan/update-usage.ts";

export const usagePlanOperations = {
  CreateUsagePlanKey: createUsagePlanKey,
  CreateUsagePlan: createUsagePlan,
  DeleteUsagePlanKey: deleteUsagePlanKey,
  DeleteUsagePlan: deleteUsagePlan,
  GetUsagePlanKey: getUsagePlanKey,
  GetUsagePlanKeys: getUsagePlanKeys,
  GetUsagePlan: getUsagePlan,
  GetUsagePlans: getUsagePlans,
  GetUsage: getUsage,
  UpdateUsagePlan: updateUsagePlan,
  UpdateUsage: updateUsage,
};
