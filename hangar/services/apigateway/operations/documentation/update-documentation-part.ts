// Changes what a documentation part says. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateDocumentationPart.html

import type { UpdateDocumentationPartInput, UpdateDocumentationPartOutput } from "../../../../models/apigateway.d.ts";
import { checkProperties, partPatches } from "../../rules/documentation.ts";
import { applyPatch, listingWords } from "../../rules/patch.ts";
import { documentationPartOf, key, operation } from "../../store.ts";

export const updateDocumentationPart = operation<UpdateDocumentationPartInput, UpdateDocumentationPartOutput>(
  (input, context) => {
    const before = documentationPartOf(context, input.restApiId, input.documentationPartId);
    const row = applyPatch(before, input.patchOperations, partPatches, listingWords);
    checkProperties(row.properties);
    context.store.documentationParts.put(key(input.restApiId, row.id), row);
    return row;
  },
);
