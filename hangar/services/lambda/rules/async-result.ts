// What a destination is told of an asynchronous invocation, and when a failed one is tried again.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html

import type { Outcome } from "../engine/deployment.ts";
import type { EventRow } from "../store.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";

export type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

export type Finished = {
  readonly event: EventRow;
  readonly payload: Uint8Array;
  readonly functionArn: string;
  readonly condition: Condition;
  readonly outcome: Outcome | undefined;
  readonly executedVersion: string;
  readonly now: number;
};

export function destinationRecord(finished: Finished): object {
  const { event, outcome } = finished;
  return {
    version: "1.0",
    timestamp: new Date(finished.now).toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: finished.functionArn,
      condition: finished.condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: parsed(finished.payload),
    ...(outcome === undefined
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: finished.executedVersion,
            ...(outcome.functionError === undefined ? {} : { functionError: outcome.functionError }),
          },
          responsePayload: parsed(outcome.payload),
        }),
  };
}

/** Where a bucket keeps an event that failed. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export function failedEventKey(functionName: string, now: number, id: string): string {
  const time = new Date(now).toISOString().slice(0, 19);
  return `aws/lambda/async/${functionName}/${time.slice(0, 10).replaceAll("-", "/")}/${time.replaceAll(":", ".")}-${id}`;
}

/** One minute before the second attempt, two before the third. */
export function retryDelay(attempts: number): number {
  return attempts <= 1 ? 60_000 : 120_000;
}

function parsed(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString("utf8");
  return parsedJson(text, text);
}
