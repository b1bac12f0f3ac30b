// Changes the description of a documentation version. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateDocumentationVersion.html

import type {
  UpdateDocumentationVersionInput,
  UpdateDocumentationVersionOutput,
} from "../../../../models/apigateway.d.ts";
import { versionAnswer } from "../../rules/answers.ts";
import { versionPatches } from "../../rules/documentation.ts";
import { applyPatch, listingWords } from "../../rules/patch.ts";
import { documentationVersionOf, key, operation } from "../../store.ts";

export const updateDocumentationVersion = operation<UpdateDocumentationVersionInput, UpdateDocumentationVersionOutput>(
  (input, context) => {
    const before = documentationVersionOf(context, input.restApiId, input.documentationVersion);
    const row = applyPatch(before, input.patchOperations, versionPatches, listingWords);
    context.store.documentationVersions.put(key(input.restApiId, row.version), row);
    return versionAnswer(row);
  },
);
