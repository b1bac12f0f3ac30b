// The steps every call takes once it is parsed, from a socket or from another service: validate, authorise, fault, run, record.

import { AwsError, notEmulated } from "../kernel/aws-error.ts";
import { within } from "../kernel/current-span.ts";
import { loadModel } from "../models/load.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Call } from "../cloud/call.ts";
import { CallContext } from "../cloud/context.ts";
import type { ServiceDefinition } from "../cloud/service.ts";
import { authorise } from "./authorise.ts";
import { nextFault } from "./fault.ts";
import { recordedInput } from "./recorded-input.ts";
import { validate } from "./validate.ts";

export async function dispatch(
  cloud: Cloud,
  definition: ServiceDefinition,
  call: Call,
): Promise<Record<string, unknown>> {
  const { world } = call;
  const name = `${definition.name}:${call.operation}`;
  const span = world.trace.begin("call", name, call.parent, {
    input: recordedInput(loadModel(definition.name), call.operation, call.input),
    caller: call.caller.arn,
    account: call.account,
    region: call.region,
  });
  const started = performance.now();
  try {
    const run = definition.operations[call.operation];
    if (run === undefined) throw notEmulated(`${name}`, referencePage(definition.name, call.operation));
    const context = new CallContext(cloud, definition, call, span);
    validate(loadModel(definition.name), definition, call);
    authorise(definition, call, context);
    const fault = nextFault(world, name, call);
    if (fault !== undefined) await fault();
    const output = ((await within(span, run, () => run(call.input as never, context as never))) ?? {}) as Record<
      string,
      unknown
    >;
    world.trace.end(span, performance.now() - started);
    return output;
  } catch (thrown) {
    const error = thrown instanceof AwsError ? thrown : cloud.bug(name, thrown, world);
    world.trace.end(span, performance.now() - started, { code: error.code, message: error.message });
    throw error;
  }
}

function referencePage(service: string, operation: string): string {
  return `https://docs.aws.amazon.com/search/doc-search.html?searchQuery=${service}+${operation}`;
}
