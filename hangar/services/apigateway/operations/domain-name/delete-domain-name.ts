// Removes a custom domain name with its mappings. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDomainName.html

import type { DeleteDomainNameInput, DeleteDomainNameOutput } from "../../../../models/apigateway.d.ts";
import { domainOf, operation, under } from "../../store.ts";

export const deleteDomainName = operation<DeleteDomainNameInput, DeleteDomainNameOutput>((input, context) => {
  const { store } = context;
  const { domainName } = domainOf(context, input.domainName);
  for (const place of Array.from(store.mappings.keys(under(domainName)))) store.mappings.delete(place);
  store.domains.delete(domainName);
  return {};
});
