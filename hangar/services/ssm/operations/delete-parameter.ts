// Deletes a parameter with all its versions. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html

import type { DeleteParameterInput, DeleteParameterOutput } from "../../../models/ssm.d.ts";
import { parameterNotFound } from "../errors.ts";
import { operation } from "../store.ts";

export const deleteParameter = operation<DeleteParameterInput, DeleteParameterOutput>(({ Name }, { store }) => {
  if (store.parameters.delete(Name) === undefined) throw parameterNotFound();
  return {};
});
