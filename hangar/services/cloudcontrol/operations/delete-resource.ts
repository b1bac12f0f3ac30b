// Deletes a resource. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_DeleteResource.html

import type { DeleteResourceInput, DeleteResourceOutput } from "../../../models/cloudcontrol.d.ts";
import { physicalIdOf } from "../../../cloud/primary-identifier.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { resourceMissing } from "../errors.ts";
import { handlerContext, handlerOf } from "../workers/resource-handler.ts";
import { carryOut, progressView } from "../workers/progress.ts";
import { operation } from "../store.ts";

export const deleteResource = operation<DeleteResourceInput, DeleteResourceOutput>(async (input, context) => {
  const handler = handlerOf(input.TypeName, context);
  const identifier = input.Identifier;
  const run = async (): Promise<{ identifier: string }> => {
    const within = handlerContext(context);
    const properties = (await handler.read?.(identifier, within)) ?? (handler.read === undefined ? {} : undefined);
    if (properties === undefined) throw resourceMissing(input.TypeName, identifier);
    await handler.delete(
      { id: physicalIdOf(loadCloudFormationType(input.TypeName), identifier), attributes: {} },
      properties,
      within,
    );
    return { identifier };
  };
  return {
    ProgressEvent: progressView(
      await carryOut(
        { type: input.TypeName, operation: "DELETE", clientToken: input.ClientToken, identifier },
        run,
        context,
      ),
    ),
  };
});
