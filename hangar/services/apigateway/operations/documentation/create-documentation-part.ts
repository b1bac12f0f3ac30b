// Documents a part of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDocumentationPart.html

import type { CreateDocumentationPartInput, CreateDocumentationPartOutput } from "../../../../models/apigateway.d.ts";
import { checkFree, checkProperties } from "../../rules/documentation.ts";
import { apiOf, key, operation } from "../../store.ts";

export const createDocumentationPart = operation<CreateDocumentationPartInput, CreateDocumentationPartOutput>(
  ({ restApiId, location, properties }, context) => {
    apiOf(context, restApiId);
    checkProperties(properties);
    checkFree(context, restApiId, location);
    const row = { id: context.ids.lower(6), location, properties };
    context.store.documentationParts.put(key(restApiId, row.id), row);
    return row;
  },
);
