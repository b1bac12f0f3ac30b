// Throttling: calls from outside beyond AWS's default rates are refused, as the service says it.

import type { World } from "../cloud/world.ts";
import { shownAs, throttleOf } from "../gateway/fault-errors.ts";
import { AwsError } from "../kernel/aws-error.ts";
import { take, type Bucket } from "../kernel/token-bucket.ts";
import { loadModel } from "../models/load.ts";
import { rates, type Rate } from "./rates.ts";
import type { Trait } from "./traits.ts";

const ATTACHED = "stand-in.buckets";

export const throttling: Trait = {
  operation: ({ name: service }, operation, run) => {
    const rate = rates[service]?.rates.find(({ operations }) => operations.test(operation));
    if (rate === undefined) return undefined;
    const drawnOn = rate.together === true ? rate.operations.source : operation;
    return (input, context) => {
      const { world, account, region } = context;
      const bucket = `${service}/${account}/${region}/${drawnOn}`;
      if (!take(bucketsOf(world), bucket, limitsOf(rate), world.clock.now())) throw throttled(service, operation);
      return run(input, context);
    };
  },
};

function limitsOf({ perSecond, burst }: Rate): { readonly rateLimit: number; readonly burstLimit: number } {
  return { rateLimit: perSecond, burstLimit: burst ?? Math.max(1, perSecond) };
}

function throttled(service: string, operation: string): AwsError {
  const model = loadModel(service);
  const { code, status } = shownAs(model, throttleOf(model, operation));
  return new AwsError(code, service.startsWith("apigateway") ? "Too Many Requests" : "Rate exceeded", { status });
}

function bucketsOf(world: World): Map<string, Bucket> {
  let buckets = world.attachments.get(ATTACHED) as Map<string, Bucket> | undefined;
  if (buckets === undefined) world.attachments.set(ATTACHED, (buckets = new Map()));
  return buckets;
}
