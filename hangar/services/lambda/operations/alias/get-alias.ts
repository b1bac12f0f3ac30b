// An alias. https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html

import type { AliasConfiguration, GetAliasRequest } from "../../../../models/lambda.d.ts";
import { aliasAnswer } from "../../rules/alias-answer.ts";
import { findAlias } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const getAlias = operation<GetAliasRequest, AliasConfiguration>((input, context) =>
  aliasAnswer(findAlias(context, input.FunctionName, input.Name).alias, context),
);
