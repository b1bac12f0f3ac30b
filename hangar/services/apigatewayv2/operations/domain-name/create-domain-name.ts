// Makes a custom domain name; REST APIs share it.

import type { CreateDomainNameInput, CreateDomainNameOutput } from "../../../../models/apigatewayv2.d.ts";
import { checkDomain, domainAnswer, restDomain } from "../../rules/domain-name.ts";
import { operation } from "../../store.ts";

export const createDomainName = operation<CreateDomainNameInput, CreateDomainNameOutput>(
  async ({ DomainName, ...input }, context) => {
    checkDomain(input);
    const [configuration = {}] = input.DomainNameConfigurations ?? [];
    const made = await context.ports.api.call("apigateway", "CreateDomainName", {
      domainName: DomainName,
      ...restDomain(configuration),
      ...(input.Tags === undefined ? {} : { tags: input.Tags }),
    });
    return domainAnswer(made);
  },
);
