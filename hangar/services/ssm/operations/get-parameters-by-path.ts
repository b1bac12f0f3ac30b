// Gives the parameters under a path. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html

import type { GetParametersByPathInput, GetParametersByPathOutput } from "../../../models/ssm.d.ts";
import { invalidFilterKey } from "../errors.ts";
import { isUnder, meetsAll } from "../rules/filters.ts";
import { pageOf } from "../rules/pages.ts";
import { checkPath } from "../rules/parameter-names.ts";
import { publicParametersUnder } from "../rules/public-parameters.ts";
import { parameterAnswer, publicAnswer } from "../rules/read-parameter.ts";
import { newestOf, operation } from "../store.ts";

export const getParametersByPath = operation<GetParametersByPathInput, GetParametersByPathOutput>(
  async (input, context) => {
    const { Path, Recursive = false, ParameterFilters = [], WithDecryption = false } = input;
    checkPath(Path);
    for (const { Key } of ParameterFilters) if (!["Type", "KeyId", "Label"].includes(Key)) throw invalidFilterKey(Key);
    if (Path.startsWith("/aws/service/")) {
      const { page, next } = pageOf(publicParametersUnder(Path), input, 10);
      return { Parameters: page.map((each) => publicAnswer(each, context.region)), ...next };
    }
    const label = ParameterFilters.find((filter) => filter.Key === "Label")?.Values ?? [];
    const found = [...context.store.parameters.rows()].filter(
      (parameter) => isUnder(parameter.Name, Path, Recursive) && meetsAll(parameter, ParameterFilters),
    );
    const { page, next } = pageOf(found, input, 10);
    const answers = page.map((parameter) => {
      const labelled = parameter.versions.find((version) => version.labels.some((each) => label.includes(each)));
      return parameterAnswer(context, { parameter, version: labelled ?? newestOf(parameter) }, WithDecryption);
    });
    return { Parameters: await Promise.all(answers), ...next };
  },
);
