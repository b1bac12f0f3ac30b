// Forks for suites in any language: made, listed, shown and dropped.

import { Refused, type Asked, type Route } from "./route.ts";
import { listOf, members, string } from "./schema.ts";

const id = string("Its port, as a text.");
const endpoint = string("Reaches this fork only.", "http://127.0.0.1:40001");

export const forkRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/forks",
    says: "Forks that were asked for over HTTP.",
    answer: members({ forks: listOf(members({ id, endpoint })) }),
    run: ({ cloud }) => ({ forks: [...cloud.forks].map(([each, fork]) => ({ id: each, endpoint: fork.endpoint })) }),
  },
  {
    method: "POST",
    path: "/_hangar/forks",
    says: "Makes a fork of this world: the same data from here on, on its own.",
    body: members({ "name?": string("What it is for.") }),
    answer: members({ id, name: { type: "string" }, endpoint, named: { type: "string" }, now: { type: "number" } }),
    run: openFork,
  },
  {
    method: "DELETE",
    path: "/_hangar/forks/{id}",
    says: "Drops a fork, whole.",
    answer: members({}),
    refuses: { 404: "There is no such fork (any more)." },
    run: async ({ cloud, parameters: { id: asked = "" } }) => {
      if (!(await cloud.dropFork(asked))) throw new Refused(404, "NotFound", `There is no fork "${asked}" (any more).`);
    },
  },
];

async function openFork({ cloud, world, body }: Asked): Promise<unknown> {
  if (cloud.serveFork === undefined) throw new Error("A cloud that does not listen has no endpoint for a fork.");
  const child = world.fork(body["name"] as string | undefined);
  const fork = await cloud.serveFork(child);
  const port = new URL(fork.endpoint).port;
  cloud.forks.set(port, fork);
  // The name needs no second port, but not every client can resolve it.
  const named = `http://fork-${port}.localhost:${new URL(cloud.origin).port}`;
  return { id: port, name: child.name, endpoint: fork.endpoint, named, now: child.clock.now() };
}
