// API Gateway's management of connections: messages to clients of WebSocket APIs, and their end.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { accessDenied, validationFailed } from "./errors.ts";
import { deleteConnection } from "./operations/delete-connection.ts";
import { getConnection } from "./operations/get-connection.ts";
import { postToConnection } from "./operations/post-to-connection.ts";
import { tables } from "./store.ts";

export const service = defineService<typeof tables>({
  name: "apigatewaymanagementapi",
  tables,
  operations: { DeleteConnection: deleteConnection, GetConnection: getConnection, PostToConnection: postToConnection },
  access,
  accessDenied,
  validationFailed,
});
