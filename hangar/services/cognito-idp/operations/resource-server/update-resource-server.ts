// Changes a resource server's name and scopes. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateResourceServer.html

import type { UpdateResourceServerInput, UpdateResourceServerOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { resourceServerIn } from "../../engine/resource-servers.ts";
import { keyIn, operation } from "../../store.ts";

export const updateResourceServer = operation<UpdateResourceServerInput, UpdateResourceServerOutput>(
  ({ UserPoolId, Identifier, Name, Scopes = [] }, context) => {
    const place = findPool(context, UserPoolId);
    const server = { ...resourceServerIn(place, Identifier), Name, Scopes };
    place.store.resourceServers.put(keyIn(place.pool, Identifier), server);
    return { ResourceServer: server };
  },
);
