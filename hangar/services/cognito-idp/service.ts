// Cognito user pools: users who sign up and in, their tokens, and the pages they sign in on.

import { defineService } from "../../cloud/service.ts";
import { OPEN_TO_PAGES } from "../../kernel/open-to-pages.ts";
import { access } from "./access.ts";
import { operations } from "./contents/operations.ts";
import { brokenConstraints } from "./errors.ts";
import { preflightDoor } from "./http/preflight-door.ts";
import { hostedDoor } from "./http/hosted-door.ts";
import { wellKnownDoor } from "./http/well-known-door.ts";
import { userPoolsPort } from "./port.ts";
import { managedLoginBranding } from "./resources/managed-login-branding.ts";
import { userPool } from "./resources/user-pool.ts";
import { userPoolClient } from "./resources/user-pool-client.ts";
import { userPoolDomain } from "./resources/user-pool-domain.ts";
import { userPoolGroup } from "./resources/user-pool-group.ts";
import { userPoolIdentityProvider } from "./resources/user-pool-identity-provider.ts";
import { userPoolResourceServer } from "./resources/user-pool-resource-server.ts";
import { userPoolUiCustomizationAttachment } from "./resources/user-pool-ui-customization-attachment.ts";
import { userPoolUser } from "./resources/user-pool-user.ts";
import { userPoolUserToGroupAttachment } from "./resources/user-pool-user-to-group-attachment.ts";
import { tables, type Tables } from "./store.ts";

export const service = defineService<Tables>({
  name: "cognito-idp",
  tables,
  operations,
  access,
  validationFailed: brokenConstraints,
  responseHeaders: () => OPEN_TO_PAGES,
  http: [wellKnownDoor, hostedDoor, preflightDoor],
  resources: [
    managedLoginBranding,
    userPool,
    userPoolClient,
    userPoolDomain,
    userPoolGroup,
    userPoolIdentityProvider,
    userPoolResourceServer,
    userPoolUiCustomizationAttachment,
    userPoolUser,
    userPoolUserToGroupAttachment,
  ],
  provides: { userPools: userPoolsPort },
});
