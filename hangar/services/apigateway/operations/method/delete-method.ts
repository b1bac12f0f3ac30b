// Removes a method. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteMethod.html

import type { DeleteMethodInput, DeleteMethodOutput } from "../../../../models/apigateway.d.ts";
import { methodKey, methodOf, operation } from "../../store.ts";

export const deleteMethod = operation<DeleteMethodInput, DeleteMethodOutput>((input, context) => {
  methodOf(context, input);
  context.store.methods.delete(methodKey(input));
  return {};
});
