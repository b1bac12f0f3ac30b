// API Gateway V2: HTTP and WebSocket APIs, the requests they serve and the clients that are connected.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { resources } from "./contents/resources.ts";
import { accessDenied, validationFailed } from "./errors.ts";
import { door } from "./http/door.ts";
import { httpApisPort } from "./port.ts";
import { tables } from "./store.ts";
import { deployStagesLater } from "./workers/deploy-stages.ts";
import { expireConnection } from "./workers/expire-connection.ts";

export const service = defineService<typeof tables>({
  name: "apigatewayv2",
  tables,
  operations,
  access,
  accessDenied,
  validationFailed,
  workers: { "deploy-stages": deployStagesLater, "expire-connection": expireConnection },
  resources,
  http: [door],
  provides: { httpApis: httpApisPort },
});
