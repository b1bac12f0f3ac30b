// The recorded client of CloudWatch Logs.

import * as sdk from "@aws-sdk/client-cloudwatch-logs";
import { recorder } from "../recorded.ts";
import { errorOf } from "../wire.ts";

// Whether a message was recorded twice is a matter of the day's model.
export const recorded = recorder(import.meta.url, {
  service: "logs",
  sdk,
  errorOf: (wire) => errorOf(wire, () => []),
});

export const logGroupName = "recorded-group";
export const GROUP_ARN = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`;
