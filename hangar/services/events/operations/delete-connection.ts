// Deletes a connection with its secret. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteConnection.html

import type { DeleteConnectionInput, DeleteConnectionOutput } from "../../../models/events.d.ts";
import { connectionAnswer, connectionAt, keeper } from "../rules/connection.ts";
import { operation } from "../store.ts";

export const deleteConnection = operation<DeleteConnectionInput, DeleteConnectionOutput>(async (input, context) => {
  const connection = connectionAt(context, input.Name, "delete");
  context.store.connections.delete(connection.name);
  const secret = { SecretId: connection.secretArn, ForceDeleteWithoutRecovery: true };
  await context.ports.api.call("secretsmanager", "DeleteSecret", secret, { as: keeper(context) });
  return {
    ...connectionAnswer({ ...connection, state: "DELETING" }),
    LastAuthorizedTime: new Date(connection.authorized),
  };
});
