// Ends the access logs of a stage.

import type { DeleteAccessLogSettingsInput } from "../../../../models/apigatewayv2.d.ts";
import { key, operation, stageOf } from "../../store.ts";

export const deleteAccessLogSettings = operation<DeleteAccessLogSettingsInput, Record<string, never>>(
  (input, context) => {
    const { AccessLogSettings: _settings, ...row } = stageOf(context, input.ApiId, input.StageName);
    context.store.stages.put(key(input.ApiId, row.StageName), { ...row, LastUpdatedDate: context.clock.now() });
    return {};
  },
);
