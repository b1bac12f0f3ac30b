// Describes a version of an API's documentation. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDocumentationVersion.html

import type { GetDocumentationVersionInput, GetDocumentationVersionOutput } from "../../../../models/apigateway.d.ts";
import { versionAnswer } from "../../rules/answers.ts";
import { documentationVersionOf, operation } from "../../store.ts";

export const getDocumentationVersion = operation<GetDocumentationVersionInput, GetDocumentationVersionOutput>(
  (input, context) => versionAnswer(documentationVersionOf(context, input.restApiId, input.documentationVersion)),
);
