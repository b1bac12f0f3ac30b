// API Gateway's operations on domain names, by API name.

import { createBasePathMapping } from "../operations/domain-name/create-base-path-mapping.ts";
import { createDomainName } from "../operations/domain-name/create-domain-name.ts";
import { deleteBasePathMapping } from "../operations/domain-name/delete-base-path-mapping.ts";
import { deleteDomainName } from "../operations/domain-name/delete-domain-name.ts";
import { getBasePathMapping } from "../operations/domain-name/get-base-path-mapping.ts";
import { getBasePathMappings } from "../operations/domain-name/get-base-path-mappings.ts";
import { getDomainName } from "../operations/domain-name/get-domain-name.ts";
import { getDomainNames } from "../operations/domain-name/get-domain-names.ts";
import { updateBasePathMapping } from "../operations/domain-name/update-base-path-mapping.ts";
import { updateDomainName } from "../operations/domain-name/update-domain-name.ts";

export const domainNameOperations = {
  CreateBasePathMapping: createBasePathMapping,
  CreateDomainName: createDomainName,
  DeleteBasePathMapping: deleteBasePathMapping,
  DeleteDomainName: deleteDomainName,
  GetBasePathMapping: getBasePathMapping,
  GetBasePathMappings: getBasePathMappings,
  GetDomainName: getDomainName,
  GetDomainNames: getDomainNames,
  UpdateBasePathMapping: updateBasePathMapping,
  UpdateDomainName: updateDomainName,
};
