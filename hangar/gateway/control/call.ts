// Any operation as the account's root: what the command line and init scripts use.

import { houseRequest, rootOf } from "../../cloud/call.ts";
import type { Route } from "./route.ts";
import { members, string } from "./schema.ts";

export const callRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/_hangar/call",
    says: "Runs any operation in this world as the account's root, without an SDK or a signature.",
    body: members({
      service: string("AWS's short name.", "sqs"),
      operation: string("As the API has it.", "ListQueues"),
      "input?": { type: "object", description: 'As the SDKs take it; bytes are {"$bytes": base64}.' },
    }),
    answer: { type: "object", description: "The operation's own output." },
    run: ({ cloud, world, body }) =>
      cloud.call({
        world,
        service: String(body["service"]),
        operation: String(body["operation"]),
        input: (body["input"] ?? {}) as Record<string, unknown>,
        caller: rootOf(cloud.account),
        account: cloud.account,
        region: cloud.region,
        request: houseRequest(cloud),
      }),
  },
];
