// Forks for suites in any language: made, listed, shown and dropped.

import { NameTaken, type NamedFork } from "../../cloud/forks.ts";
import { functionSettings } from "./functions.ts";
import { Refused, type Asked, type Route } from "./route.ts";
import { listOf, members, string } from "./schema.ts";

const view = members({
  name: string("Its own among the living, and the first label of its host.", "fork-1"),
  url: string("Reaches this fork only; so does every host below it.", "http://fork-1.localhost:4566"),
  port: { type: "integer", description: "Reaches this fork only." },
  endpoint: string(
    "The port's address, for clients that cannot resolve names below localhost.",
    "http://127.0.0.1:40001",
  ),
  "title?": string("What it is for, as its maker said."),
  "parent?": string("Name of the fork it was made from; absent for one of the main world."),
  now: { type: "number", description: "Milliseconds since the epoch, of that world." },
});

const gone = { 404: "There is no such fork (any more)." };

export const forkRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/forks",
    says: "Every fork with an address, of whichever world.",
    answer: members({ forks: listOf(view) }),
    run: (asked) => ({ forks: Array.from(asked.cloud.forks.all(), (fork) => shown(fork, asked)) }),
  },
  {
    method: "POST",
    path: "/_hangar/forks",
    says: "Makes a fork of this world: the same data, time and pending work from here on, on its own.",
    body: members({
      "name?": string("A DNS label that no living fork has; one is found when absent.", "checkout"),
      "title?": string(
        "What it is for, e.g. the test's name. Ids in the fork follow from it.",
        "test_pay.py::test_refund",
      ),
      "functions?": functionSettings,
    }),
    answer: view,
    refuses: { 409: "There is a fork of that name already." },
    run: openFork,
  },
  {
    method: "GET",
    path: "/_hangar/forks/{name}",
    says: "One fork, by its name or its port.",
    answer: view,
    refuses: gone,
    run: (asked) => shown(named(asked), asked),
  },
  {
    method: "DELETE",
    path: "/_hangar/forks/{name}",
    says: "Drops a fork, whole, and the forks made from it.",
    answer: members({}),
    refuses: gone,
    run: async (asked) => {
      await asked.cloud.forks.drop(named(asked).name);
    },
  },
];

async function openFork(asked: Asked): Promise<unknown> {
  const { cloud, world, body } = asked;
  try {
    return shown(await cloud.forks.make(world, body), asked);
  } catch (error) {
    if (error instanceof NameTaken) throw new Refused(409, "ForkAlreadyExists", error.message);
    throw error;
  }
}

function named({ cloud, parameters: { name = "" } }: Asked): NamedFork {
  const fork = cloud.forks.find(name);
  if (fork !== undefined) return fork;
  throw new Refused(404, "ForkNotFound", `There is no fork "${name}"${cloud.forks.isGone(name) ? " any more" : ""}.`);
}

function shown(fork: NamedFork, asked: Asked): object {
  const { name, port, title, parent, world } = fork;
  return {
    name,
    url: `http://${name}.localhost:${sharedPort(asked)}`,
    port,
    endpoint: `http://127.0.0.1:${port}`,
    title,
    parent,
    now: world.current.clock.now(),
  };
}

/** The cloud's port as this caller reaches it, which may be another than ours outside a container. */
function sharedPort({ cloud, request }: Asked): string {
  const { port } = new URL(request.origin);
  return port === "" || cloud.forks.find(port) !== undefined ? new URL(cloud.origin).port : port;
}
