// Freezes $LATEST as a numbered version. https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type { FunctionConfiguration, PublishVersionRequest } from "../../../../models/lambda.d.ts";
import { invalidParameter } from "../../errors.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { checkRevision, findUnqualified } from "../../rules/find.ts";
import { publish } from "../../rules/publish.ts";
import { operation } from "../../store.ts";

export const publishVersion = operation<PublishVersionRequest, FunctionConfiguration>(async (input, context) => {
  if (input.PublishTo !== undefined) throw notEmulated("versions of Lambda managed instances (PublishTo)");
  const { row, version: latest } = findUnqualified(context, input.FunctionName);
  checkRevision(input.RevisionId, latest.revisionId, "GetFunction/GetAlias");
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== "" && input.CodeSha256 !== latest.code.sha256) {
    throw invalidParameter(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const published = publish(context, row.name, input.Description ?? latest.description);
  return configurationAnswer(await readable(context, published), context, "settled", published.version);
});
