// Shows an API destination. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeApiDestination.html

import type { DescribeApiDestinationInput, DescribeApiDestinationOutput } from "../../../models/events.d.ts";
import { apiDestinationAt, shownApiDestination } from "../rules/api-destination.ts";
import { operation } from "../store.ts";

export const describeApiDestination = operation<DescribeApiDestinationInput, DescribeApiDestinationOutput>(
  (input, context) => {
    const destination = apiDestinationAt(context, input.Name);
    return { ...shownApiDestination(context, destination), Description: destination.description };
  },
);
