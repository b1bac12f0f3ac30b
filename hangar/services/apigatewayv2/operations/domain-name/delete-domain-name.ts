// Removes a custom domain name.

import type { DeleteDomainNameInput } from "../../../../models/apigatewayv2.d.ts";
import { operation } from "../../store.ts";

export const deleteDomainName = operation<DeleteDomainNameInput, Record<string, never>>(
  async ({ DomainName }, context) => {
    await context.ports.api.call("apigateway", "DeleteDomainName", { domainName: DomainName });
    return {};
  },
);
