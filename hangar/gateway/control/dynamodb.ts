// What of DynamoDB's slowness a world has: throttling, tables that take their time, indexes that lag.

import { changedBy } from "../../cloud/dynamodb-settings.ts";
import type { Route } from "./route.ts";
import { members, string } from "./schema.ts";

const settings = members({
  "throughput?": {
    type: "string",
    enum: ["enforced", "unlimited"],
    description: "Whether calls beyond a table's or an index's throughput are throttled.",
  },
  "tableStates?": {
    type: "string",
    enum: ["timed", "instant"],
    description: "Whether tables and indexes take AWS's time to be created, changed and deleted.",
  },
  "indexLag?": members(
    {
      maximum: { type: "integer", description: "Milliseconds of the world's clock; 0 for none." },
      "seed?": string("Lags follow from it.", "1"),
    },
    "How far global secondary indexes are behind their tables.",
  ),
});

export const dynamodbRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/dynamodb",
    says: "What of DynamoDB's slowness this world has.",
    answer: settings,
    run: ({ world }) => world.dynamodb,
  },
  {
    method: "POST",
    path: "/_hangar/dynamodb",
    says: "Changes what of DynamoDB's slowness this world has, and forks made from it from now on.",
    body: settings,
    answer: settings,
    run: ({ world, body }) => {
      world.dynamodb = changedBy(world.dynamodb, body);
      return world.dynamodb;
    },
  },
];
