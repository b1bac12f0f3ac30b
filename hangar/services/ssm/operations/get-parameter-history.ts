// Gives all versions of a parameter, oldest first. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html

import type { GetParameterHistoryInput, GetParameterHistoryOutput } from "../../../models/ssm.d.ts";
import { versionFacts } from "../rules/metadata.ts";
import { pageOf } from "../rules/pages.ts";
import { askedFor } from "../rules/parameter-names.ts";
import { exactly, parameterNamed, textOf } from "../rules/read-parameter.ts";
import { operation } from "../store.ts";

export const getParameterHistory = operation<GetParameterHistoryInput, GetParameterHistoryOutput>(
  async (input, context) => {
    const { name } = askedFor(input.Name);
    const parameter = input.Name.startsWith("arn:") ? parameterNamed(context, name) : exactly(context, name);
    const { page, next } = pageOf(parameter.versions, input, 50);
    const answers = page.map(async (version) => ({
      ...versionFacts(parameter, version),
      Value: await textOf(context, { parameter, version }, input.WithDecryption ?? false),
      Labels: version.labels,
    }));
    return { Parameters: await Promise.all(answers), ...next };
  },
);
