// Deletes an API destination. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteApiDestination.html

import type { DeleteApiDestinationInput, DeleteApiDestinationOutput } from "../../../models/events.d.ts";
import { apiDestinationAt } from "../rules/api-destination.ts";
import { operation } from "../store.ts";

export const deleteApiDestination = operation<DeleteApiDestinationInput, DeleteApiDestinationOutput>(
  (input, context) => {
    context.store.apiDestinations.delete(apiDestinationAt(context, input.Name, "delete").name);
    return {};
  },
);
