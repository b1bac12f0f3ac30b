// Tells of a custom domain name.

import type { GetDomainNameInput, GetDomainNameOutput } from "../../../../models/apigatewayv2.d.ts";
import { domainAnswer } from "../../rules/domain-name.ts";
import { operation } from "../../store.ts";

export const getDomainName = operation<GetDomainNameInput, GetDomainNameOutput>(async ({ DomainName }, context) =>
  domainAnswer(await context.ports.api.call("apigateway", "GetDomainName", { domainName: DomainName })),
);
