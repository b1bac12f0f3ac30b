// Shows an answer to the service that gave it, where the service keeps a log of them (S3's server access logs).

import type { Cloud } from "../cloud/cloud.ts";
import { CallContext, type CallFacts } from "../cloud/context.ts";
import type { Span } from "../kernel/trace.ts";
import type { Outgoing } from "./exchange.ts";

type Seen<Answer> = {
  readonly answer: Answer;
  readonly input: unknown;
  /** Raw, without the question mark. */
  readonly query: string;
  /** By `performance.now()`. */
  readonly started: number;
  readonly errorCode?: string | undefined;
};

/** The answer as it came, unless the service follows its body. */
export function witnessed<Answer extends Outgoing>(
  cloud: Cloud,
  service: string,
  call: Omit<CallFacts, "span"> & { readonly parent?: Span | undefined },
  seen: Seen<Answer>,
): Answer {
  const definition = cloud.loaded(service);
  const witness = definition?.witness;
  if (definition === undefined || witness === undefined || call.world.table(witness.while).size === 0)
    return seen.answer;
  const span = call.parent ?? { id: 0, parent: undefined, kind: "call", name: "witness", at: 0, attributes: {} };
  const context = new CallContext(cloud, definition, call, span);
  const { answer, ...facts } = seen;
  const { status, headers, body } = answer;
  const followed = witness.see(
    { ...facts, operation: call.operation, status, headers, body, elapsed: () => performance.now() - seen.started },
    context as never,
  );
  return followed === body ? answer : { ...answer, body: followed };
}
