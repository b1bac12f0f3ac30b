// Shows a connection without its secrets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html

import type { DescribeConnectionInput, DescribeConnectionOutput } from "../../../models/events.d.ts";
import { connectionAt, shownAuth, shownConnection } from "../rules/connection.ts";
import { operation } from "../store.ts";

export const describeConnection = operation<DescribeConnectionInput, DescribeConnectionOutput>((input, context) => {
  const connection = connectionAt(context, input.Name);
  return {
    ...shownConnection(connection),
    Description: connection.description,
    SecretArn: connection.secretArn,
    AuthParameters: shownAuth(connection.auth),
  };
});
