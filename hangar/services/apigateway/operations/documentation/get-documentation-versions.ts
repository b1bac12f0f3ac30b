// Lists the versions of an API's documentation. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDocumentationVersions.html

import type { GetDocumentationVersionsInput, GetDocumentationVersionsOutput } from "../../../../models/apigateway.d.ts";
import { versionAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getDocumentationVersions = operation<GetDocumentationVersionsInput, GetDocumentationVersionsOutput>(
  (input, context) => {
    const { id } = apiOf(context, input.restApiId);
    const rows = [...context.store.documentationVersions.rows(under(id))];
    return page(
      rows.map((row) => [row.version, versionAnswer(row)] as const),
      input,
    );
  },
);
