// Changes a custom domain name. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateDomainName.html

import type { UpdateDomainNameInput, UpdateDomainNameOutput } from "../../../../models/apigateway.d.ts";
import { domainAnswer, domainPatches } from "../../rules/domain-name.ts";
import { applyPatch } from "../../rules/patch.ts";
import { domainOf, operation } from "../../store.ts";

export const updateDomainName = operation<UpdateDomainNameInput, UpdateDomainNameOutput>((input, context) => {
  const row = applyPatch(domainOf(context, input.domainName), input.patchOperations, domainPatches);
  context.store.domains.put(row.domainName, row);
  return domainAnswer(row);
});
