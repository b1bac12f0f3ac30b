// Resources of stacks that take their time, on the world's clock, and polls that are answered at once.

import { CallContext } from "../cloud/context.ts";
import type { ScopedScheduler } from "../cloud/operation.ts";
import type { ResourceType } from "../cloud/resource.ts";
import { isSeed } from "../cloud/seeding.ts";
import { durations, USUAL, type Duration } from "./durations.ts";
import type { Trait } from "./traits.ts";

/** As CloudFormation takes on AWS, where `asOnAws`; what it changes in IAM is in force `propagation` milliseconds later, and it waits for that. */
export function resourceTimes(asOnAws: boolean, propagation: number): Trait {
  return {
    operation: ({ name: service }, operation, run) =>
      asOnAws && service === "cloudformation" && operation === "DescribeStacks"
        ? (input, context) => run(input, new PromptContext(context))
        : undefined,
    service: (definition) => {
      const least = definition.name === "iam" ? propagation / 1000 : 0;
      const resources = (definition.resources ?? []).map((type) => {
        const [create, update, remove] = asOnAws ? secondsOf(type.type) : NOTHING;
        return timed(type, [Math.max(create, least), Math.max(update, least), remove]);
      });
      return { ...definition, resources };
    },
  };
}

const NOTHING: Duration = [0, 0, 0];

/** What ends when somebody else answers has no time of its own. */
function secondsOf(type: string): Duration {
  const answered =
    type.startsWith("Custom::") || type.startsWith("AWS::CloudFormation::") || type.startsWith("AWS::CDK::");
  return answered ? NOTHING : (durations[type] ?? USUAL);
}

function timed(type: ResourceType, [create, update, remove]: Duration): ResourceType {
  const takes = { create: create * 1000, update: update * 1000, delete: remove * 1000 };
  // What is there from the start was there before.
  return { ...type, takes: (verb, { context }) => (isSeed(context.request) ? 0 : takes[verb]) };
}

/** One in which nobody is kept waiting. */
class PromptContext extends CallContext {
  constructor(from: CallContext) {
    super(from.cloud, from.definition, from, from.span);
  }

  override get scheduler(): ScopedScheduler {
    return { ...super.scheduler, waitFor: () => Promise.resolve(false) };
  }
}
