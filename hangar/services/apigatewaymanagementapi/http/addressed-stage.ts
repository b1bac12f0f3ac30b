// The API and stage that the address of a call names, as ARNs have them.

import type { RequestFacts } from "../../../cloud/operation.ts";
import { addressOf, splitStage } from "../../../gateway/execute-api.ts";

/** Any where the address is a plain endpoint or a custom domain name: those do not tell. */
export function addressedStage({ host, path }: RequestFacts): string {
  const address = addressOf({ host: host.replace(/:\d+$/, "").toLowerCase(), path });
  if (address === undefined || address.api.includes(".")) return "*/*";
  return `${address.api}/${splitStage(address.path).stage}`;
}
