// Makes a resource. https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html

import type { CreateResourceInput, CreateResourceOutput } from "../../../models/cloudcontrol.d.ts";
import { primaryIdentifier } from "../../../cloud/primary-identifier.ts";
import { loadCloudFormationType } from "../../../models/load.ts";
import { handlerContext, handlerOf } from "../workers/resource-handler.ts";
import { carryOut, progressView } from "../workers/progress.ts";
import { invalidRequest } from "../errors.ts";
import { desiredState } from "../rules/desired-state.ts";
import { operation } from "../store.ts";

export const createResource = operation<CreateResourceInput, CreateResourceOutput>(async (input, context) => {
  const handler = handlerOf(input.TypeName, context);
  const desired = desiredState(input.DesiredState);
  const known = [...handler.properties, ...Object.keys(handler.inert ?? {})];
  const strange = Object.keys(desired).filter((name) => !known.includes(name));
  if (strange.length > 0)
    throw invalidRequest(`Hangar does not emulate the property ${strange.join(", ")} of ${input.TypeName} yet.`);
  const row = await carryOut(
    { type: input.TypeName, operation: "CREATE", clientToken: input.ClientToken },
    async () => ({
      identifier: primaryIdentifier(
        loadCloudFormationType(input.TypeName),
        await handler.create(desired, handlerContext(context)),
        desired,
      ),
      model: input.DesiredState,
    }),
    context,
  );
  return { ProgressEvent: progressView(row) };
});
