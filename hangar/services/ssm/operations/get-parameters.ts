// Gives up to ten parameters and says which names there are none for. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html

import { AwsError } from "../../../kernel/aws-error.ts";
import type { GetParametersInput, GetParametersOutput, Parameter } from "../../../models/ssm.d.ts";
import { validationException } from "../errors.ts";
import { readParameter } from "../rules/read-parameter.ts";
import { operation } from "../store.ts";

export const getParameters = operation<GetParametersInput, GetParametersOutput>(
  async ({ Names, WithDecryption = false }, context) => {
    if (new Set(Names).size < Names.length)
      throw validationException("GetParameters request contains duplicate names.");
    const found: Parameter[] = [];
    const invalid: string[] = [];
    for (const name of Names) {
      try {
        found.push(await readParameter(context, name, WithDecryption));
      } catch (error) {
        if (!(error instanceof AwsError) || !/^Parameter(Version)?NotFound$/.test(error.code)) throw error;
        invalid.push(name);
      }
    }
    return { Parameters: found, InvalidParameters: invalid };
  },
);
