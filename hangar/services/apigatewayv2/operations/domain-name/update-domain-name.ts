// Changes the certificate or the policy of a custom domain name.

import type { UpdateDomainNameInput, UpdateDomainNameOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkDomain, domainAnswer, domainPatches } from "../../rules/domain-name.ts";
import { operation } from "../../store.ts";

export const updateDomainName = operation<UpdateDomainNameInput, UpdateDomainNameOutput>(
  async ({ DomainName, ...input }, context) => {
    checkDomain(input);
    const { api } = context.ports;
    const [configuration = {}] = input.DomainNameConfigurations ?? [];
    return domainAnswer(
      await api.call("apigateway", "UpdateDomainName", {
        domainName: DomainName,
        patchOperations: domainPatches(configuration),
      }),
    );
  },
);
