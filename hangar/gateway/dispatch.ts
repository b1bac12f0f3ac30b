// The steps every call takes once it is parsed, from a socket or from another service: validate, authorise, fault, run, record.

import { AwsError, notEmulated } from "../kernel/aws-error.ts";
import { loadModel } from "../models/load.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Call } from "../cloud/call.ts";
import { CallContext } from "../cloud/context.ts";
import type { ServiceDefinition } from "../cloud/service.ts";
import { authorise } from "./authorise.ts";
import { nextFault } from "./fault.ts";
import { validate } from "./validate.ts";

export async function dispatch(
  cloud: Cloud,
  definition: ServiceDefinition,
  call: Call,
): Promise<Record<string, unknown>> {
  const { world } = call;
  const name = `${definition.name}:${call.operation}`;
  const span = world.trace.begin("call", name, call.parent, {
    input: recordable(call.input),
    caller: call.caller.arn,
    account: call.account,
    region: call.region,
  });
  const started = performance.now();
  try {
    const run = definition.operations[call.operation];
    if (run === undefined) throw notEmulated(`${name}`, referencePage(definition.name, call.operation));
    const context = new CallContext(cloud, definition, { ...call, span });
    validate(loadModel(definition.name), definition, call);
    authorise(definition, call, context);
    const fault = nextFault(world, name, call);
    if (fault !== undefined) await fault();
    const output = ((await run(call.input as never, context as never)) ?? {}) as Record<string, unknown>;
    world.trace.end(span, performance.now() - started);
    return output;
  } catch (thrown) {
    const error = thrown instanceof AwsError ? thrown : cloud.bug(name, thrown);
    world.trace.end(span, performance.now() - started, { code: error.code, message: error.message });
    throw error;
  }
}

const RECORDED = 64 * 1024;

/** The trace keeps thousands of calls: bodies are named by their size, streams by what they are. */
function recordable(input: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const name in input) {
    const short = shortened(input[name]);
    if (short === undefined) continue;
    copy ??= { ...input };
    copy[name] = short;
  }
  return copy ?? input;
}

function shortened(value: unknown): string | undefined {
  if (typeof value === "string")
    return value.length > RECORDED ? `${value.slice(0, 1024)}… (${value.length} characters)` : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Uint8Array) return value.length > RECORDED ? `(${value.length} bytes)` : undefined;
  return Symbol.asyncIterator in value ? "(a stream)" : undefined;
}

function referencePage(service: string, operation: string): string {
  return `https://docs.aws.amazon.com/search/doc-search.html?searchQuery=${service}+${operation}`;
}
