// Makes a REST API from an OpenAPI document. https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html

import type { ImportRestApiInput, ImportRestApiOutput } from "../../../../models/apigateway.d.ts";
import { importedAnswer } from "../../rules/answers.ts";
import { replaceApi } from "../../rules/open-api/replace-api.ts";
import { endpointOf } from "../../rules/rest-api.ts";
import { operation, type ApiRow } from "../../store.ts";

export const importRestApi = operation<ImportRestApiInput, ImportRestApiOutput>((input, context) => {
  const { ids, clock } = context;
  const blank: ApiRow = {
    id: ids.lower(10),
    createdDate: clock.now(),
    apiKeySource: "HEADER",
    disableExecuteApiEndpoint: false,
    endpointConfiguration: endpointOf(undefined),
    rootResourceId: ids.lower(10),
  };
  const { body, parameters = {}, failOnWarnings = false } = input;
  return importedAnswer(replaceApi(context, blank, { body, mode: "overwrite", parameters, failOnWarnings }));
});
