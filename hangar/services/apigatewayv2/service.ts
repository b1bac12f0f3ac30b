// API Gateway V2: HTTP APIs, and the requests they serve.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { resources } from "./contents/resources.ts";
import { accessDenied, validationFailed } from "./errors.ts";
import { door } from "./http/door.ts";
import { httpApisPort } from "./port.ts";
import { tables } from "./store.ts";
import { deployStagesLater } from "./workers/deploy-stages.ts";

export const service = defineService<typeof tables>({
  name: "apigatewayv2",
  tables,
  operations,
  access,
  accessDenied,
  validationFailed,
  workers: { "deploy-stages": deployStagesLater },
  resources,
  http: [door],
  provides: { httpApis: httpApisPort },
});
