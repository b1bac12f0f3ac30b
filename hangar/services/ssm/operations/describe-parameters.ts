// Describes parameters without their values. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { DescribeParametersInput, DescribeParametersOutput } from "../../../models/ssm.d.ts";
import { validationException } from "../errors.ts";
import { meetsAll } from "../rules/filters.ts";
import { metadataAnswer } from "../rules/metadata.ts";
import { pageOf } from "../rules/pages.ts";
import { newestOf, operation } from "../store.ts";

export const describeParameters = operation<DescribeParametersInput, DescribeParametersOutput>((input, context) => {
  const { Filters = [], ParameterFilters = [] } = input;
  if (input.Shared === true) throw notEmulated("parameters shared by other accounts (Shared)");
  if (Filters.length > 0 && ParameterFilters.length > 0)
    throw validationException("You can use either Filters or ParameterFilters in a single request.");
  // The old Filters compare names by their beginning.
  const filters = [
    ...ParameterFilters,
    ...Filters.map(({ Key, Values }) => ({ Key, Values, Option: Key === "Name" ? "BeginsWith" : "Equals" })),
  ];
  const found = [...context.store.parameters.rows()].filter((parameter) => meetsAll(parameter, filters));
  const { page, next } = pageOf(found, input, 50);
  return {
    Parameters: page.map((parameter) => metadataAnswer(context, { parameter, version: newestOf(parameter) })),
    ...next,
  };
});
