// Makes a custom domain name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html

import type { CreateDomainNameInput, CreateDomainNameOutput } from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { domainAnswer, newDomain } from "../../rules/domain-name.ts";
import { operation } from "../../store.ts";

export const createDomainName = operation<CreateDomainNameInput, CreateDomainNameOutput>(
  (input, { store, ids, region }) => {
    const row = newDomain(input, region, ids.lower(13));
    if (store.domains.has(row.domainName)) throw conflict("The domain name you provided already exists.");
    store.domains.put(row.domainName, row);
    return domainAnswer(row);
  },
);
