// Reads a resource by its identifier. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html

import type { GetResourceInput, GetResourceOutput } from "../../../models/cloudcontrol.d.ts";
import { resourceMissing, unsupportedAction } from "../errors.ts";
import { handlerContext, handlerOf } from "../workers/resource-handler.ts";
import { operation } from "../store.ts";

export const getResource = operation<GetResourceInput, GetResourceOutput>(async (input, context) => {
  const handler = handlerOf(input.TypeName, context);
  if (handler.read === undefined) throw unsupportedAction(input.TypeName, "READ");
  const properties = await handler.read(input.Identifier, handlerContext(context));
  if (properties === undefined) throw resourceMissing(input.TypeName, input.Identifier);
  return {
    TypeName: input.TypeName,
    ResourceDescription: { Identifier: input.Identifier, Properties: JSON.stringify(properties) },
  };
});
