// IAM: identities, policies and the decisions they make.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { accessKeyOperations } from "./contents/access-key.ts";
import { accountOperations } from "./contents/account.ts";
import { groupOperations } from "./contents/group.ts";
import { instanceProfileOperations } from "./contents/instance-profile.ts";
import { oidcProviderOperations } from "./contents/oidc-provider.ts";
import { policyOperations } from "./contents/policy.ts";
import { resources } from "./contents/resources.ts";
import { roleOperations } from "./contents/role.ts";
import { simulationOperations } from "./contents/simulation.ts";
import { userOperations } from "./contents/user.ts";
import { accessPort } from "./port.ts";
import { tables } from "./store.ts";

export const service = defineService<typeof tables>({
  name: "iam",
  tables,
  global: "aws-global",
  operations: {
    ...accessKeyOperations,
    ...accountOperations,
    ...groupOperations,
    ...instanceProfileOperations,
    ...oidcProviderOperations,
    ...policyOperations,
    ...roleOperations,
    ...simulationOperations,
    ...userOperations,
  },
  access,
  resources,
  provides: { access: accessPort },
});
