// Takes the settings of one route off a stage.

import type { DeleteRouteSettingsInput } from "../../../../models/apigatewayv2.d.ts";
import { noSuch } from "../../errors.ts";
import { key, operation, stageOf } from "../../store.ts";

export const deleteRouteSettings = operation<DeleteRouteSettingsInput, Record<string, never>>((input, context) => {
  const stage = stageOf(context, input.ApiId, input.StageName);
  const { [input.RouteKey]: gone, ...RouteSettings } = stage.RouteSettings ?? {};
  if (gone === undefined) throw noSuch("route key", input.RouteKey);
  context.store.stages.put(key(input.ApiId, stage.StageName), {
    ...stage,
    RouteSettings,
    LastUpdatedDate: context.clock.now(),
  });
  return {};
});
