// What happened in a world: as spans, as text, as OpenTelemetry.

import { otlpTraces } from "../../kernel/trace-otlp.ts";
import { formatTrace } from "../../kernel/trace-print.ts";
import { droppedBefore } from "../../kernel/trace.ts";
import type { Route } from "./route.ts";
import { listOf, members, string, type Schema } from "./schema.ts";

const span = members({
  id: { type: "integer" },
  "parent?": { type: "integer", description: "Of the step that caused it." },
  kind: string("call, invocation, delivery, …"),
  name: string("What happened.", "sqs:SendMessage"),
  at: { type: "number", description: "Milliseconds since the epoch, of this world." },
  "elapsed?": { type: "number", description: "Milliseconds of the host's time; absent while it runs." },
  attributes: { type: "object", description: "Caller, input, decision, world … whatever the kind has." },
  "error?": members({ code: string("AWS's name of it."), message: { type: "string" } }),
});

const anything: Schema = { type: "object" };

export const traceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/_hangar/trace",
    says: "Every call, delivery, decision and write of this world, oldest first.",
    answer: members({
      spans: listOf(span),
      dropped: { type: "integer", description: "Earlier steps that are gone: a trace keeps the newest 20000." },
    }),
    run: ({ world }) => {
      const spans = world.trace.spans();
      return { spans, dropped: droppedBefore(spans) };
    },
  },
  {
    method: "GET",
    path: "/_hangar/trace/text",
    says: "The trace as a tree to read: what was denied, dropped, retried or faulted is marked.",
    answer: members({ text: { type: "string" } }),
    run: ({ world }) => ({ text: formatTrace(world.trace.spans()) }),
  },
  {
    method: "GET",
    path: "/_hangar/trace/otlp",
    says: "The trace as OpenTelemetry's JSON, as collectors take it at /v1/traces.",
    answer: members({ resourceSpans: listOf(anything) }),
    run: ({ world }) => otlpTraces(world.trace.spans(), world.name),
  },
];
