// Describes a custom domain name. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDomainName.html

import type { GetDomainNameInput, GetDomainNameOutput } from "../../../../models/apigateway.d.ts";
import { domainAnswer } from "../../rules/domain-name.ts";
import { domainOf, operation } from "../../store.ts";

export const getDomainName = operation<GetDomainNameInput, GetDomainNameOutput>((input, context) =>
  domainAnswer(domainOf(context, input.domainName)),
);
