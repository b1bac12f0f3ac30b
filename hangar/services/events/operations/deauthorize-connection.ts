// Takes a connection its authorization. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeauthorizeConnection.html

import type { DeauthorizeConnectionInput, DeauthorizeConnectionOutput } from "../../../models/events.d.ts";
import { connectionAnswer, connectionAt } from "../rules/connection.ts";
import { operation } from "../store.ts";

export const deauthorizeConnection = operation<DeauthorizeConnectionInput, DeauthorizeConnectionOutput>(
  (input, context) => {
    const connection = connectionAt(context, input.Name, "deauthorize");
    const next = { ...connection, state: "DEAUTHORIZED", token: undefined, modified: context.clock.now() };
    context.store.connections.put(next.name, next);
    return {
      ...connectionAnswer({ ...next, state: "DEAUTHORIZING" }),
      LastAuthorizedTime: new Date(next.authorized),
    };
  },
);
