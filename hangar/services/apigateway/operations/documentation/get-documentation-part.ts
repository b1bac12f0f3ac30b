// Describes a documentation part. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDocumentationPart.html

import type { GetDocumentationPartInput, GetDocumentationPartOutput } from "../../../../models/apigateway.d.ts";
import { documentationPartOf, operation } from "../../store.ts";

export const getDocumentationPart = operation<GetDocumentationPartInput, GetDocumentationPartOutput>((input, context) =>
  documentationPartOf(context, input.restApiId, input.documentationPartId),
);
