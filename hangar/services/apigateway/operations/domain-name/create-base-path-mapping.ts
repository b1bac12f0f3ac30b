// Serves an API under a path of a custom domain. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html

import type { CreateBasePathMappingInput, CreateBasePathMappingOutput } from "../../../../models/apigateway.d.ts";
import { badRequest, conflict } from "../../errors.ts";
import { NO_BASE_PATH, checkBasePath, mappingAnswer } from "../../rules/base-path-mapping.ts";
import { domainOf, key, operation, type MappingRow } from "../../store.ts";

export const createBasePathMapping = operation<CreateBasePathMappingInput, CreateBasePathMappingOutput>(
  (input, context) => {
    const { store } = context;
    const { domainName } = domainOf(context, input.domainName);
    const { restApiId, stage } = input;
    checkBasePath(input.basePath);
    if (!store.apis.has(restApiId)) throw badRequest("Invalid REST API identifier specified");
    if (stage !== undefined && stage !== "" && !store.stages.has(key(restApiId, stage)))
      throw badRequest("Invalid stage identifier specified");
    const basePath = input.basePath === undefined || input.basePath === "" ? NO_BASE_PATH : input.basePath;
    if (store.mappings.has(key(domainName, basePath))) throw conflict("Base path already exists for this domain name");
    const row: MappingRow = {
      domainName,
      basePath,
      restApiId,
      ...(stage === undefined || stage === "" ? {} : { stage }),
    };
    store.mappings.put(key(domainName, basePath), row);
    return mappingAnswer(row);
  },
);
