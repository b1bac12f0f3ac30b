// API Gateway: REST APIs, and the requests they serve.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { resources } from "./contents/resources.ts";
import { accessDenied, validationFailed } from "./errors.ts";
import { apiAccountPort } from "./http/api-account.ts";
import { door } from "./http/door.ts";
import { domainNamesPort } from "./port.ts";
import { tables } from "./store.ts";

export const service = defineService<typeof tables>({
  name: "apigateway",
  tables,
  operations,
  access,
  accessDenied,
  validationFailed,
  resources,
  http: [door],
  provides: { domainNames: domainNamesPort, apiAccount: apiAccountPort },
});
