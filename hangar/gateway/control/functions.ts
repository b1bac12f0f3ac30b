// How functions run for a world: by whose clock, and in whose execution environments.

import { inherited } from "../../cloud/function-settings.ts";
import type { Route } from "./route.ts";
import { listOf, members, string } from "./schema.ts";

export const functionSettings = members({
  "lambdaClock?": {
    type: "string",
    enum: ["host", "world"],
    description: "What Node and Python handlers take for the time.",
  },
  "isolation?": {
    type: "string",
    enum: ["shared", "fresh"],
    description: "Whether warm execution environments are shared with other forks, or made anew for each.",
  },
  "isolated?": listOf(string("A function's name.", "Thumbnails"), "Functions whose environments are made anew."),
});

export const functionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/functions",
    says: "How functions run for this world.",
    answer: functionSettings,
    run: ({ world }) => world.functions,
  },
  {
    method: "POST",
    path: "/_hangar/functions",
    says: "Changes how functions run for this world, and for forks made from it from now on.",
    body: functionSettings,
    answer: functionSettings,
    run: ({ world, body }) => {
      world.functions = inherited(world.functions, body);
      return world.functions;
    },
  },
];
