// From what was asked for to what it changes: undefined where nothing was, so that nothing of this room is loaded into a call.

import type { DynamodbSettings } from "../cloud/dynamodb-settings.ts";
import type { ServiceDefinition } from "../cloud/service.ts";
import { duration } from "../kernel/clock.ts";
import { consistency } from "./consistency.ts";
import { functionStates } from "./function-states.ts";
import { resourceTimes } from "./resource-times.ts";
import type { RealitySettings } from "./reality-settings.ts";
import { throttling } from "./throttling.ts";
import { alteration, type Trait } from "./traits.ts";

/** How services are altered, and what of DynamoDB's own slowness goes with it. */
export type Alterations = {
  readonly alter: (definition: ServiceDefinition) => ServiceDefinition;
  readonly dynamodb: DynamodbSettings;
};

export function alterations(settings: RealitySettings): Alterations {
  const longest = settings.consistency === undefined ? 0 : duration(settings.consistency);
  const times = settings.stateTimes === true;
  const traits: readonly Trait[] = [
    ...(longest > 0 ? [consistency(longest)] : []),
    ...(times ? [functionStates] : []),
    ...(times || longest > 0 ? [resourceTimes(times, longest)] : []),
    ...(settings.throttling === true ? [throttling] : []),
  ];
  return {
    alter: alteration(traits),
    dynamodb: {
      ...(longest > 0 ? { indexLag: { maximum: longest } } : {}),
      ...(times ? { tableStates: "timed" } : {}),
      ...(settings.throttling === true ? { throughput: "enforced" } : {}),
    },
  };
}
