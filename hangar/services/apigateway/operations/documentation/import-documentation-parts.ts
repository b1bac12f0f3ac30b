// Takes documentation parts from an OpenAPI document. https://docs.aws.amazon.com/apigateway/latest/api/API_ImportDocumentationParts.html

import type { ImportDocumentationPartsInput, ImportDocumentationPartsOutput } from "../../../../models/apigateway.d.ts";
import { AwsError } from "../../../../kernel/aws-error.ts";
import { readDocument, type Document } from "../../../../kernel/open-api-document.ts";
import { badRequest } from "../../errors.ts";
import { draftParts, importParts } from "../../rules/documentation.ts";
import { apiOf, operation } from "../../store.ts";

export const importDocumentationParts = operation<ImportDocumentationPartsInput, ImportDocumentationPartsOutput>(
  (input, context) => {
    const { id } = apiOf(context, input.restApiId);
    return { ids: importParts(context, id, draftParts(documentOf(input.body).root), input.mode !== "overwrite") };
  },
);

function documentOf(body: Uint8Array): Document {
  try {
    return readDocument(body);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw badRequest("Unable to build importer with provided input.");
  }
}
