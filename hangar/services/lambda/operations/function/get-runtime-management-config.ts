// When the runtime is updated. https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html

import type {
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse,
} from "../../../../models/lambda.d.ts";
import { findFunction } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { operation } from "../../store.ts";

export const getRuntimeManagementConfig = operation<
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse
>((input, context) => {
  const found = findFunction(context, input.FunctionName, input.Qualifier);
  return {
    UpdateRuntimeOn: found.row.runtimeUpdates,
    FunctionArn: functionArn(found.place, found.row.name, found.qualifier ?? "$LATEST"),
  };
});
