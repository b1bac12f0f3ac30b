// API Gateway V2's operations on domain names, by API name.

import { createDomainName } from "../operations/domain-name/create-domain-name.ts";
import { deleteDomainName } from "../operations/domain-name/delete-domain-name.ts";
import { getDomainName } from "../operations/domain-name/get-domain-name.ts";
import { getDomainNames } from "../operations/domain-name/get-domain-names.ts";
import { updateDomainName } from "../operations/domain-name/update-domain-name.ts";

export const domainNameOperations = {
  CreateDomainName: createDomainName,
  DeleteDomainName: deleteDomainName,
  GetDomainName: getDomainName,
  GetDomainNames: getDomainNames,
  UpdateDomainName: updateDomainName,
};
