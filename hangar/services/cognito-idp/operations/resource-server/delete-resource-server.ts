// Deletes a resource server. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteResourceServer.html

import type { DeleteResourceServerInput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { resourceServerIn } from "../../engine/resource-servers.ts";
import { keyIn, operation } from "../../store.ts";

export const deleteResourceServer = operation<DeleteResourceServerInput, Record<string, never>>(
  ({ UserPoolId, Identifier }, context) => {
    const place = findPool(context, UserPoolId);
    resourceServerIn(place, Identifier);
    place.store.resourceServers.delete(keyIn(place.pool, Identifier));
    return {};
  },
);
