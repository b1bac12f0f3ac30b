// `hangar trace`: what happened in the running instance, or in one of its forks, as a tree, as spans, as OpenTelemetry.

import { setTimeout as wait } from "node:timers/promises";
import { droppedText, type Span } from "../kernel/trace.ts";
import { flag, say, sayAside, text, UsageError, type Command } from "./command.ts";
import { ask, runningInstance, worldOf, type Instance } from "./instance.ts";

export const command: Command = {
  name: "trace",
  says: "Show every call, delivery and decision, each below what caused it.",
  usage: "trace [--json | --otlp] [--follow] [--fork NAME]",
  options: {
    json: { type: "boolean", says: "the spans as JSON, one a line with --follow" },
    otlp: { type: "boolean", says: "OpenTelemetry's JSON, for a collector's /v1/traces" },
    follow: { type: "boolean", short: "f", says: "a line for each step as it ends, until Ctrl-C" },
    fork: { type: "string", says: "of this fork, not of the main world" },
  },
  async run(words) {
    const [json, otlp, follows] = [flag(words, "json"), flag(words, "otlp"), flag(words, "follow")];
    if (otlp && (json || follows)) throw new UsageError("--otlp stands alone: it is one document.");
    const world = await worldOf(runningInstance(), text(words, "fork"));
    if (follows) return follow(world, json);
    if (otlp) say(JSON.stringify(await ask(world, "/_hangar/trace/otlp")));
    else if (json) tell(await spansOf(world));
    else say(((await ask(world, "/_hangar/trace/text")) as { readonly text: string }).text.trimEnd());
    return 0;
  },
};

function tell(spans: readonly Span[]): void {
  const dropped = droppedText(spans);
  if (dropped !== undefined) sayAside(dropped);
  say(JSON.stringify(spans));
}

async function spansOf(world: Instance): Promise<readonly Span[]> {
  return ((await ask(world, "/_hangar/trace")) as { readonly spans: readonly Span[] }).spans;
}

/** From now on; ends with the instance, or the fork. */
async function follow(world: Instance, json: boolean): Promise<number> {
  const told = new Set((await spansOf(world)).filter(ended).map(({ id }) => id));
  for (;;) {
    await wait(500);
    const spans = await spansOf(world).catch(() => undefined);
    if (spans === undefined) return 0;
    for (const span of spans) {
      if (!ended(span) || told.has(span.id)) continue;
      told.add(span.id);
      say(json ? JSON.stringify(span) : lineOf(span));
    }
  }
}

function ended({ elapsed }: Span): boolean {
  return elapsed !== undefined;
}

function lineOf({ at, kind, name, elapsed = 0, error }: Span): string {
  const failure = error === undefined ? "" : ` ! ${error.code}: ${error.message}`;
  return `${new Date(at).toISOString()} ${kind} ${name} ${elapsed.toFixed(1)} ms${failure}`;
}
