// Removes a stage.

import type { DeleteStageInput } from "../../../../models/apigatewayv2.d.ts";
import { badRequest } from "../../errors.ts";
import { key, operation, stageOf } from "../../store.ts";

export const deleteStage = operation<DeleteStageInput, Record<string, never>>(async (input, context) => {
  const { StageName } = stageOf(context, input.ApiId, input.StageName);
  const mapped = await context.ports.domainNames.mappingsTo(input.ApiId, StageName);
  if (mapped.length > 0)
    throw badRequest(
      `Cannot delete stage '${StageName}' because it is referenced by API mappings of ${mapped[0]?.domainName ?? ""}`,
    );
  context.store.stages.delete(key(input.ApiId, StageName));
  return {};
});
