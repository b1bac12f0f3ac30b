// Gives a parameter. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html

import type { GetParameterInput, GetParameterOutput } from "../../../models/ssm.d.ts";
import { readParameter } from "../rules/read-parameter.ts";
import { operation } from "../store.ts";

export const getParameter = operation<GetParameterInput, GetParameterOutput>(
  async ({ Name, WithDecryption = false }, context) => ({
    Parameter: await readParameter(context, Name, WithDecryption),
  }),
);
