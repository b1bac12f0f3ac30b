// Removes a documentation part. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDocumentationPart.html

import type { DeleteDocumentationPartInput, DeleteDocumentationPartOutput } from "../../../../models/apigateway.d.ts";
import { apiOf, documentationPartOf, key, operation } from "../../store.ts";

export const deleteDocumentationPart = operation<DeleteDocumentationPartInput, DeleteDocumentationPartOutput>(
  (input, context) => {
    apiOf(context, input.restApiId);
    const { id } = documentationPartOf(context, input.restApiId, input.documentationPartId);
    context.store.documentationParts.delete(key(input.restApiId, id));
    return {};
  },
);
