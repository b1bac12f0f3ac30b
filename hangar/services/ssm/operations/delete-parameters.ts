// Deletes up to ten parameters and says which names there were none for. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html

import type { DeleteParametersInput, DeleteParametersOutput } from "../../../models/ssm.d.ts";
import { operation } from "../store.ts";

export const deleteParameters = operation<DeleteParametersInput, DeleteParametersOutput>(({ Names }, { store }) => {
  const deleted = Names.filter((name) => store.parameters.delete(name) !== undefined);
  return { DeletedParameters: deleted, InvalidParameters: Names.filter((name) => !deleted.includes(name)) };
});
