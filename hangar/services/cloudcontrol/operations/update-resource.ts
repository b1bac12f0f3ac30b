// Changes a resource by a patch to its properties. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_UpdateResource.html

import type { UpdateResourceInput, UpdateResourceOutput } from "../../../models/cloudcontrol.d.ts";
import { physicalIdOf } from "../../../cloud/primary-identifier.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { resourceMissing, unsupportedAction } from "../errors.ts";
import { applyPatch } from "../rules/json-patch.ts";
import { handlerContext, handlerOf } from "../workers/resource-handler.ts";
import { carryOut, progressView } from "../workers/progress.ts";
import { operation } from "../store.ts";

export const updateResource = operation<UpdateResourceInput, UpdateResourceOutput>(async (input, context) => {
  const handler = handlerOf(input.TypeName, context);
  const { read, update } = handler;
  if (read === undefined || update === undefined) throw unsupportedAction(input.TypeName, "UPDATE");
  const identifier = input.Identifier;
  const run = async (): Promise<{ identifier: string; model: string }> => {
    const within = handlerContext(context);
    const before = await read.call(handler, identifier, within);
    if (before === undefined) throw resourceMissing(input.TypeName, identifier);
    const after = applyPatch(before, input.PatchDocument) as Readonly<Record<string, unknown>>;
    const id = physicalIdOf(loadCloudFormationType(input.TypeName), identifier);
    await update.call(handler, { id, attributes: {} }, after, before, within);
    return { identifier, model: JSON.stringify(after) };
  };
  return {
    ProgressEvent: progressView(
      await carryOut(
        { type: input.TypeName, operation: "UPDATE", clientToken: input.ClientToken, identifier },
        run,
        context,
      ),
    ),
  };
});
