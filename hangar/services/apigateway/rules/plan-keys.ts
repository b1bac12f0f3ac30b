// A usage plan's key as it is answered: the API key it stands for.

import type { UsagePlanKey } from "../../../models/apigateway.d.ts";
import type { ApiGatewayContext, PlanKeyRow } from "../store.ts";

export function planKeyAnswer({ store }: ApiGatewayContext, { keyId, type }: PlanKeyRow): UsagePlanKey {
  const row = store.apiKeys.get(keyId);
  return {
    id: keyId,
    type,
    ...(row === undefined ? {} : { value: row.value }),
    ...(row?.name === undefined ? {} : { name: row.name }),
  };
}
