// Makes a connection; its authorization is kept in a secret of its own. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html

import type { CreateConnectionInput, CreateConnectionOutput } from "../../../models/events.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { connectionExists } from "../errors.ts";
import { checkAuth, connectionAnswer, keeper, secretText, stateFor } from "../rules/connection.ts";
import { operation, type Connection } from "../store.ts";

export const createConnection = operation<CreateConnectionInput, CreateConnectionOutput>(async (input, context) => {
  const { account, region, clock, ids, store, ports, scheduler } = context;
  const { Name: name, AuthorizationType: type, AuthParameters: auth } = input;
  if (input.InvocationConnectivityParameters !== undefined)
    throw notEmulated("InvocationConnectivityParameters of CreateConnection");
  checkAuth(type, auth);
  if (store.connections.has(name)) throw connectionExists(name);
  const { ARN } = await ports.api.call(
    "secretsmanager",
    "CreateSecret",
    {
      Name: `events!connection/${name}/${ids.uuid()}`,
      SecretString: secretText(auth),
      Description: "Managed by EventBridge",
      KmsKeyId: input.KmsKeyIdentifier,
    },
    { as: keeper(context) },
  );
  const now = clock.now();
  const connection: Connection = {
    name,
    arn: `arn:aws:events:${region}:${account}:connection/${name}/${ids.uuid()}`,
    secretArn: String(ARN),
    description: input.Description,
    type,
    auth,
    state: stateFor(type),
    created: now,
    modified: now,
    authorized: now,
  };
  store.connections.put(name, connection);
  if (connection.state === "AUTHORIZING") scheduler.later("events.authorize", { name });
  return connectionAnswer(connection);
});
