// A function's configuration, where its code can be fetched, its tags and its reserved concurrency. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html

import type { FunctionCodeLocation, GetFunctionRequest, GetFunctionResponse } from "../../../../models/lambda.d.ts";
import { codeLocation } from "../../rules/code-location.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { findFunction } from "../../rules/find.ts";
import { repositoryOf } from "../../rules/image.ts";
import { operation, type LambdaContext, type VersionRow } from "../../store.ts";

export const getFunction = operation<GetFunctionRequest, GetFunctionResponse>(async (input, context) => {
  const found = findFunction(context, input.FunctionName, input.Qualifier);
  const { reservedConcurrency, tags } = found.row;
  return {
    Configuration: configurationAnswer(await readable(context, found.version), found.place, "settled", found.qualifier),
    Code: codeOf(context, found.version),
    ...(Object.keys(tags).length === 0 ? {} : { Tags: tags }),
    ...(reservedConcurrency === undefined
      ? {}
      : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
  };
});

function codeOf(context: LambdaContext, { code, image }: VersionRow): FunctionCodeLocation {
  if (image === undefined) return { RepositoryType: "S3", Location: codeLocation(context, code) };
  const { uri } = image;
  return { RepositoryType: "ECR", ImageUri: uri, ResolvedImageUri: `${repositoryOf(uri)}@sha256:${code.hash}` };
}
