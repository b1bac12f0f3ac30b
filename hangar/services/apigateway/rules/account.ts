// The account's settings in a region, and the throttle every account starts with.

import type { Account } from "../../../models/apigateway.d.ts";
import type { ApiGatewayStore } from "../store.ts";

const ACCOUNT_THROTTLE = { burstLimit: 5000, rateLimit: 10_000 };

export function accountOf(store: ApiGatewayStore): Account {
  return (
    store.accounts.get("account") ?? {
      throttleSettings: ACCOUNT_THROTTLE,
      features: ["UsagePlans"],
      apiKeyVersion: "4",
    }
  );
}
