// Changes a connection and its secret. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateConnection.html

import type { UpdateConnectionInput, UpdateConnectionOutput } from "../../../models/events.d.ts";
import {
  changedAuth,
  checkAuth,
  connectionAnswer,
  connectionAt,
  keeper,
  secretText,
  stateFor,
} from "../rules/connection.ts";
import { operation } from "../store.ts";

export const updateConnection = operation<UpdateConnectionInput, UpdateConnectionOutput>(async (input, context) => {
  const { clock, store, ports, scheduler } = context;
  const connection = connectionAt(context, input.Name, "update");
  const type = input.AuthorizationType ?? connection.type;
  const { InvocationHttpParameters } = connection.auth;
  const before = type === connection.type ? connection.auth : { InvocationHttpParameters };
  const auth = changedAuth(before, input.AuthParameters);
  checkAuth(type, auth);
  const secret = { SecretId: connection.secretArn, SecretString: secretText(auth) };
  await ports.api.call("secretsmanager", "PutSecretValue", secret, { as: keeper(context) });
  const now = clock.now();
  const next = {
    ...connection,
    type,
    auth,
    description: input.Description ?? connection.description,
    state: stateFor(type),
    stateReason: undefined,
    token: undefined,
    modified: now,
    authorized: now,
  };
  store.connections.put(next.name, next);
  if (next.state === "AUTHORIZING") scheduler.later("events.authorize", { name: next.name });
  return { ...connectionAnswer(next), LastAuthorizedTime: new Date(next.authorized) };
});
