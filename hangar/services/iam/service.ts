// IAM: identities, policies and the decisions they make.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { operations } from "./operations.ts";
import { accessPort } from "./port.ts";
import { tables } from "./store.ts";

export const service = defineService<typeof tables>({
  name: "iam",
  tables,
  global: "aws-global",
  operations,
  access,
  provides: { access: accessPort },
});
