// A function's configuration, where its code can be fetched, its tags and its reserved concurrency. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html

import type { GetFunctionRequest, GetFunctionResponse } from "../../../../models/lambda.d.ts";
import { codeLocation } from "../../rules/code-location.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { findFunction } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const getFunction = operation<GetFunctionRequest, GetFunctionResponse>(async (input, context) => {
  const found = findFunction(context, input.FunctionName, input.Qualifier);
  const { reservedConcurrency, tags } = found.row;
  return {
    Configuration: configurationAnswer(await readable(context, found.version), found.place, "settled", found.qualifier),
    Code: { RepositoryType: "S3", Location: codeLocation(context, found.version.code) },
    ...(Object.keys(tags).length === 0 ? {} : { Tags: tags }),
    ...(reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
  };
});
