// Handlers, routes, hosts and event sources that the last suite never exercised.

import { coverageOf, type CoveredKind } from "../coverage.ts";
import type { Rule } from "../rule.ts";
import { isWhole } from "../usage.ts";

const SAID: Readonly<Record<CoveredKind, string>> = {
  handler: "No test of the last suite ran the handler",
  route: "No test of the last suite called the route",
  host: "No test of the last suite asked the host",
  "event source": "Nothing was delivered in the last suite from the event source",
  subscription: "Nothing was delivered in the last suite to the subscription",
  rule: "The rule matched no event of the last suite",
  schedule: "The schedule never ran in the last suite",
  destination: "Nothing was delivered in the last suite to the destination",
};

export const neverUsed: Rule = {
  name: "never-used",
  says: "A handler, route, host, event source or schedule that the last suite never exercised: it is deployed untested.",
  find: ({ stacks, usage, unused: level = "note" }) =>
    level === "off" || usage === undefined || !isWhole(usage)
      ? []
      : coverageOf(stacks, usage)
          .filter(({ used }) => used === 0)
          .map(({ kind, name, stack, logicalId }) => ({
            rule: "never-used",
            level,
            stack,
            logicalId,
            message: `${SAID[kind]}: ${name}.`,
            ...(kind === "schedule"
              ? { help: "cloud.clock.advance(...) in a test runs what falls due on the way." }
              : {}),
          })),
};
