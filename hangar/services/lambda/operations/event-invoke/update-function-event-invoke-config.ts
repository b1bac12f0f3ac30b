// Changes what is given of the asynchronous invocation settings. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html

import type { FunctionEventInvokeConfig, UpdateFunctionEventInvokeConfigRequest } from "../../../../models/lambda.d.ts";
import {
  checkDestinations,
  checkSomethingGiven,
  emptyAsAbsent,
  invokeConfigAnswer,
  invokeConfigTarget,
  presentInvokeConfig,
} from "../../rules/invoke-config.ts";
import { operation, type InvokeConfigRow } from "../../store.ts";

export const updateFunctionEventInvokeConfig = operation<
  UpdateFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
>((input, context) => {
  checkSomethingGiven(input);
  const { name, qualifier } = invokeConfigTarget(context, input);
  checkDestinations(context, input, name);
  const present = presentInvokeConfig(context, input);
  const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
  const row: InvokeConfigRow = {
    ...present,
    maximumRetryAttempts: input.MaximumRetryAttempts ?? present.maximumRetryAttempts,
    maximumEventAge: input.MaximumEventAgeInSeconds ?? present.maximumEventAge,
    onSuccess: OnSuccess === undefined ? present.onSuccess : emptyAsAbsent(OnSuccess.Destination),
    onFailure: OnFailure === undefined ? present.onFailure : emptyAsAbsent(OnFailure.Destination),
    modifiedAt: context.clock.now(),
  };
  context.store.invokeConfigs.put(`${name}:${qualifier}`, row);
  return invokeConfigAnswer(row, context);
});
