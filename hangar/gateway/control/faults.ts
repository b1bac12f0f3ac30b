// Faults of a world: listed, added, dropped.

import { addFault, faultsOf, type Fault } from "../fault.ts";
import { Refused, type Asked, type Route } from "./route.ts";
import { listOf, members, string } from "./schema.ts";

const fault = members({
  action: string("`service:Operation`; `*` stands for anything: `sqs:*`.", "dynamodb:PutItem"),
  "error?": string("An error that AWS may answer with, by its name.", "ProvisionedThroughputExceededException"),
  "message?": string("The error's text."),
  "latency?": { type: "number", description: "Milliseconds by the host's clock before the call runs." },
  "rate?": { type: "number", description: "Calls a second above this are throttled." },
  "probability?": { type: "number", description: "Of each such call, above 0 to 1, drawn from the world's seed." },
  "resource?": string("ARN or name of what the call is about; `*` stands for anything."),
  "caller?": string("ARN or name of who calls; `*` stands for anything."),
  "times?": { type: "number", description: "How often yet. Once for an error without a probability." },
});

const answer = members({ faults: listOf(fault, "Those that are still to come.") });

export const faultRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/faults",
    says: "Faults of this world that are still to come.",
    answer,
    run: ({ world }) => ({ faults: faultsOf(world) }),
  },
  {
    method: "POST",
    path: "/_hangar/faults",
    says: "Adds a fault to this world: exactly one of an error, a latency and a rate.",
    body: fault,
    answer,
    run: newFault,
  },
  {
    method: "DELETE",
    path: "/_hangar/faults",
    says: "Drops this world's faults, and answers those it dropped.",
    answer,
    run: ({ world }) => ({ faults: faultsOf(world).splice(0) }),
  },
];

const KINDS = ["error", "latency", "rate"] as const;

function newFault({ cloud, world, body }: Asked): unknown {
  const wanted = body as Fault;
  if (KINDS.filter((kind) => wanted[kind] !== undefined).length !== 1)
    throw new Refused(400, "InvalidRequest", "A fault has an error, a latency or a rate.");
  const lasting = wanted.error === undefined || wanted.probability !== undefined;
  addFault(cloud, world, { ...wanted, times: wanted.times ?? (lasting ? undefined : 1) });
  return { faults: faultsOf(world) };
}
