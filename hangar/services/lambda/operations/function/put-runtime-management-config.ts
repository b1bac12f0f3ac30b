// Says when the runtime is updated; kept, runtimes here are the machine's. https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html

import { notEmulated } from "../../../../kernel/aws-error.ts";
import type {
  PutRuntimeManagementConfigRequest,
  PutRuntimeManagementConfigResponse,
} from "../../../../models/lambda.d.ts";
import { findFunction } from "../../rules/find.ts";
import { functionArn } from "../../rules/function-name.ts";
import { operation } from "../../store.ts";

export const putRuntimeManagementConfig = operation<
  PutRuntimeManagementConfigRequest,
  PutRuntimeManagementConfigResponse
>((input, context) => {
  const found = findFunction(context, input.FunctionName, input.Qualifier);
  if (input.RuntimeVersionArn !== undefined) throw notEmulated("pinning a runtime version (RuntimeVersionArn)");
  context.store.functions.put(found.row.name, { ...found.row, runtimeUpdates: input.UpdateRuntimeOn });
  return {
    UpdateRuntimeOn: input.UpdateRuntimeOn,
    FunctionArn: functionArn(found.place, found.row.name, found.qualifier ?? "$LATEST"),
  };
});
