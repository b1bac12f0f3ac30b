// Sets how asynchronous invocations are retried and where their results go. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html

import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from "../../../../models/lambda.d.ts";
import {
  checkDestinations,
  checkSomethingGiven,
  emptyAsAbsent,
  invokeConfigAnswer,
  invokeConfigTarget,
} from "../../rules/invoke-config.ts";
import { operation, type InvokeConfigRow } from "../../store.ts";

export const putFunctionEventInvokeConfig = operation<PutFunctionEventInvokeConfigRequest, FunctionEventInvokeConfig>(
  (input, context) => {
    checkSomethingGiven(input);
    const { name, qualifier } = invokeConfigTarget(context, input);
    checkDestinations(context, input, name);
    const row: InvokeConfigRow = {
      functionName: name,
      qualifier,
      maximumRetryAttempts: input.MaximumRetryAttempts,
      maximumEventAge: input.MaximumEventAgeInSeconds,
      onSuccess: emptyAsAbsent(input.DestinationConfig?.OnSuccess?.Destination),
      onFailure: emptyAsAbsent(input.DestinationConfig?.OnFailure?.Destination),
      modifiedAt: context.clock.now(),
    };
    context.store.invokeConfigs.put(`${name}:${qualifier}`, row);
    return invokeConfigAnswer(row, context);
  },
);
