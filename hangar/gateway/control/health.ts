// Who answers, and what of it failed.

import type { Route } from "./route.ts";
import { listOf, members, string } from "./schema.ts";

export const healthRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/health",
    says: "Who answers. It answers as soon as calls are taken.",
    answer: members({
      status: { type: "string", enum: ["ready"] },
      version: string("Hangar's own.", "0.1.0"),
      region: string("Of calls that name none.", "us-east-1"),
      account: string("Of keys that name none.", "000000000000"),
      origin: string("The cloud's endpoint.", "http://127.0.0.1:4566"),
    }),
    run: ({ cloud }) => ({
      status: "ready",
      version: cloud.version,
      region: cloud.region,
      account: cloud.account,
      origin: cloud.origin,
    }),
  },
  {
    method: "GET",
    path: "/_hangar/bugs",
    says: "Failures of Hangar itself since the start: on a fork its own, else those of all worlds.",
    answer: members({
      bugs: listOf(members({ where: string("Operation or work."), error: string("Message and stack.") })),
    }),
    run: ({ cloud, world }) => ({
      bugs: cloud.bugsOf(world).map(({ where, error }) => ({
        where,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      })),
    }),
  },
];
