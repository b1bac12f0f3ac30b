// A stage's access log: one line for each request, in the stage's format.

import { hash } from "node:crypto";
import { substitute } from "../../../kernel/references.ts";
import type { ApiGatewayV2Context, ApiRow, StageRow } from "../store.ts";
import { contextValues } from "../rules/context-values.ts";
import type { Invocation } from "../rules/invocation.ts";
import type { Answer } from "./answer.ts";

export async function writeAccessLog(invocation: Invocation, answer: Answer): Promise<void> {
  const values = {
    ...contextValues(invocation),
    status: answer.status,
    responseLength: Buffer.byteLength(answer.body),
  };
  await writeLine(invocation, values);
}

type Logged = { readonly context: ApiGatewayV2Context; readonly api: ApiRow; readonly stage: StageRow };

export async function writeLine({ context, api, stage }: Logged, values: object): Promise<void> {
  const { DestinationArn = "", Format = "" } = stage.AccessLogSettings ?? {};
  const group = /:log-group:([^:]+)/.exec(DestinationArn)?.[1];
  if (group === undefined || context.world.disposed) return;
  const message = substitute(Format, { context: values, stageVariables: stage.StageVariables ?? {} }, "-");
  await context.ports.logs.write(group, streamOf({ api, stage }), [{ timestamp: context.clock.now(), message }]);
}

export function streamOf({ api, stage }: Pick<Logged, "api" | "stage">): string {
  return hash("md5", `${api.ApiId}/${stage.StageName}`);
}
