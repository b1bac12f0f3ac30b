// What calls about connections need: to manage those of the API and stage that the address names.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html

import { connectionsOf } from "../../cloud/connections.ts";
import type { AccessRule } from "../../cloud/service.ts";
import { addressedStage } from "./http/addressed-stage.ts";
import type { Tables } from "./store.ts";

function ruleOf(method: string): AccessRule<Tables> {
  return ({ ConnectionId }: { readonly ConnectionId: string }, { world, account, region, request }) => {
    const found = connectionsOf(world).get(ConnectionId);
    const at = found === undefined ? addressedStage(request) : `${found.apiId}/${found.stage}`;
    const place = `${found?.region ?? region}:${found?.account ?? account}`;
    return [
      {
        action: "execute-api:ManageConnections",
        resource: `arn:aws:execute-api:${place}:${at}/${method}/@connections/${ConnectionId}`,
        ...(found === undefined ? {} : { owner: found.account }),
      },
    ];
  };
}

export const access = {
  DeleteConnection: ruleOf("DELETE"),
  GetConnection: ruleOf("GET"),
  PostToConnection: ruleOf("POST"),
};
