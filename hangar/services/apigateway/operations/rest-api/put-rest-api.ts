// Gives a REST API the contents of an OpenAPI document. https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html

import type { PutRestApiInput, PutRestApiOutput } from "../../../../models/apigateway.d.ts";
import { importedAnswer } from "../../rules/answers.ts";
import { replaceApi } from "../../rules/open-api/replace-api.ts";
import { apiOf, operation } from "../../store.ts";

export const putRestApi = operation<PutRestApiInput, PutRestApiOutput>((input, context) => {
  const before = apiOf(context, input.restApiId);
  const imported = replaceApi(context, before, {
    body: input.body,
    // AWS merges unless it is told to replace.
    mode: input.mode === "overwrite" ? "overwrite" : "merge",
    parameters: input.parameters ?? {},
    failOnWarnings: input.failOnWarnings ?? false,
  });
  return { ...importedAnswer(imported), tags: imported.api.tags ?? {} };
});
