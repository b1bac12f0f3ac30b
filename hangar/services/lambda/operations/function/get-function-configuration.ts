// A function's configuration. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html

import type { FunctionConfiguration, GetFunctionConfigurationRequest } from "../../../../models/lambda.d.ts";
import { readable } from "../../engine/sealed-variables.ts";
import { configurationAnswer } from "../../rules/configuration.ts";
import { findFunction } from "../../rules/find.ts";
import { operation } from "../../store.ts";

export const getFunctionConfiguration = operation<GetFunctionConfigurationRequest, FunctionConfiguration>(
  async (input, context) => {
    const found = findFunction(context, input.FunctionName, input.Qualifier);
    return configurationAnswer(await readable(context, found.version), found.place, "settled", found.qualifier);
  },
);
