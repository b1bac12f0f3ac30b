// Creates a resource server, whose scopes clients ask for. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html

import type { CreateResourceServerInput, CreateResourceServerOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { invalidParameter } from "../../errors.ts";
import { keyIn, operation } from "../../store.ts";

export const createResourceServer = operation<CreateResourceServerInput, CreateResourceServerOutput>(
  ({ UserPoolId, Identifier, Name, Scopes = [] }, context) => {
    const { pool, store } = findPool(context, UserPoolId);
    if (store.resourceServers.has(keyIn(pool, Identifier)))
      throw invalidParameter(`${Identifier} already exists in user pool ${pool.id}.`);
    const server = { UserPoolId, Identifier, Name, Scopes };
    store.resourceServers.put(keyIn(pool, Identifier), server);
    return { ResourceServer: server };
  },
);
