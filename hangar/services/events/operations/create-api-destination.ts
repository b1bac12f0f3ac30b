// Makes an API outside a target of rules. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html

import type { CreateApiDestinationInput, CreateApiDestinationOutput } from "../../../models/events.d.ts";
import { apiDestinationExists } from "../errors.ts";
import { apiDestinationAnswer, connectionOfArn } from "../rules/api-destination.ts";
import { operation, type ApiDestination } from "../store.ts";

const USUAL_RATE = 300;

export const createApiDestination = operation<CreateApiDestinationInput, CreateApiDestinationOutput>(
  (input, context) => {
    const { account, region, clock, ids, store } = context;
    const name = input.Name;
    const connection = connectionOfArn(context, input.ConnectionArn);
    if (store.apiDestinations.has(name)) throw apiDestinationExists(name);
    const destination: ApiDestination = {
      name,
      arn: `arn:aws:events:${region}:${account}:api-destination/${name}/${ids.uuid()}`,
      description: input.Description,
      connection: connection.name,
      connectionArn: connection.arn,
      endpoint: input.InvocationEndpoint,
      method: input.HttpMethod,
      perSecond: input.InvocationRateLimitPerSecond ?? USUAL_RATE,
      created: clock.now(),
      modified: clock.now(),
    };
    store.apiDestinations.put(name, destination);
    return apiDestinationAnswer(context, destination);
  },
);
