// Changes an API destination. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateApiDestination.html

import type { UpdateApiDestinationInput, UpdateApiDestinationOutput } from "../../../models/events.d.ts";
import { apiDestinationAnswer, apiDestinationAt, connectionOfArn } from "../rules/api-destination.ts";
import { operation, type ApiDestination } from "../store.ts";

export const updateApiDestination = operation<UpdateApiDestinationInput, UpdateApiDestinationOutput>(
  (input, context) => {
    const present = apiDestinationAt(context, input.Name, "update");
    const connection = input.ConnectionArn === undefined ? undefined : connectionOfArn(context, input.ConnectionArn);
    const next: ApiDestination = {
      ...present,
      description: input.Description ?? present.description,
      connection: connection?.name ?? present.connection,
      connectionArn: connection?.arn ?? present.connectionArn,
      endpoint: input.InvocationEndpoint ?? present.endpoint,
      method: input.HttpMethod ?? present.method,
      perSecond: input.InvocationRateLimitPerSecond ?? present.perSecond,
      modified: context.clock.now(),
    };
    context.store.apiDestinations.put(next.name, next);
    return apiDestinationAnswer(context, next);
  },
);
