// Lists the documentation parts of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDocumentationParts.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { GetDocumentationPartsInput, GetDocumentationPartsOutput } from "../../../../models/apigateway.d.ts";
import { partsOf } from "../../rules/documentation.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation } from "../../store.ts";

export const getDocumentationParts = operation<GetDocumentationPartsInput, GetDocumentationPartsOutput>(
  (input, context) => {
    const { type, nameQuery, path, locationStatus = "DOCUMENTED" } = input;
    apiOf(context, input.restApiId);
    if (locationStatus !== "DOCUMENTED") throw notEmulated("lists of what has no documentation (locationStatus)");
    const rows = partsOf(context, input.restApiId).filter(
      ({ location }) =>
        (type === undefined || location.type === type) &&
        (nameQuery === undefined || (location.name ?? "").includes(nameQuery)) &&
        (path === undefined || location.path === path),
    );
    return page(
      rows.map((row) => [row.id, row] as const),
      input,
    );
  },
);
