// Removes a version of an API's documentation. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteDocumentationVersion.html

import type {
  DeleteDocumentationVersionInput,
  DeleteDocumentationVersionOutput,
} from "../../../../models/apigateway.d.ts";
import { apiOf, documentationVersionOf, key, operation } from "../../store.ts";

export const deleteDocumentationVersion = operation<DeleteDocumentationVersionInput, DeleteDocumentationVersionOutput>(
  (input, context) => {
    apiOf(context, input.restApiId);
    const { version } = documentationVersionOf(context, input.restApiId, input.documentationVersion);
    context.store.documentationVersions.delete(key(input.restApiId, version));
    return {};
  },
);
