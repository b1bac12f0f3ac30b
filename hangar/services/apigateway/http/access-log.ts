// A stage's access log: one line for each request, in the stage's format.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html

import { createHash } from "node:crypto";
import { substitute } from "../../../kernel/references.ts";
import { loggedValues } from "../rules/context-values.ts";
import type { Invocation } from "../rules/invocation.ts";
import type { Answer } from "./answer.ts";

export async function writeAccessLog(
  invocation: Invocation,
  answer: Answer,
  length = Buffer.byteLength(answer.body),
): Promise<void> {
  const { destinationArn = "", format = "" } = invocation.stage.accessLogSettings ?? {};
  const group = /:log-group:([^:]+)/.exec(destinationArn)?.[1];
  if (group === undefined || format === "") return;
  const now = invocation.context.clock.now();
  const context = {
    ...loggedValues(invocation),
    status: answer.status,
    responseLength: length,
    responseLatency: now - invocation.startedAt,
  };
  const message = substitute(format, { context, stageVariables: invocation.stage.variables ?? {} }, "-");
  await invocation.context.ports.logs.write(logGroupOf(invocation, group), streamOf(invocation), [
    { timestamp: now, message },
  ]);
}

/** A canary writes to a group of its own. */
export function logGroupOf({ canary }: Invocation, group: string): string {
  return canary ? `${group}/Canary` : group;
}

/** AWS spreads lines over streams with names like this one. */
export function streamOf({ api, stage }: Invocation): string {
  return createHash("md5").update(`${api.id}/${stage.stageName}`).digest("hex");
}
