// Stream records as a Lambda event carries them, and the report of a batch that was given up on.

import type { StreamRecord } from "../../../ports/streams.ts";
import type { MappingRow } from "../store.ts";
import { isKinesis } from "./stream-source.ts";
import { parsedJson } from "../../../kernel/parsed-json.ts";

export function streamEventRecord(record: StreamRecord, mapping: MappingRow, region: string): Record<string, unknown> {
  return { awsRegion: region, ...record.record, eventSourceARN: mapping.EventSourceArn };
}

/** As filters see it: of Kinesis the members of its record, with data that is JSON as data. */
export function filterableRecord(event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const kinesis = event["kinesis"] as { readonly data: string } | undefined;
  if (kinesis === undefined) return event;
  const data = Buffer.from(kinesis.data, "base64").toString("utf8");
  return { ...event, ...kinesis, data: parsedJson(data, data) };
}

export type GivenUp = {
  readonly mapping: MappingRow;
  readonly records: readonly StreamRecord[];
  readonly shardId: string;
  readonly condition: string;
  readonly attempts: number;
  readonly requestId: string;
  readonly now: number;
  readonly version?: string;
  readonly functionError?: string | null;
};

/** As recorded: `DDBStreamBatchInfo` or `KinesisBatchInfo` names the records, which stay in the stream. */
export function failureRecord(given: GivenUp): object {
  const first = given.records[0];
  const last = given.records.at(-1);
  const of = isKinesis(given.mapping.EventSourceArn ?? "") ? "KinesisBatchInfo" : "DDBStreamBatchInfo";
  return {
    requestContext: {
      requestId: given.requestId,
      functionArn: given.mapping.FunctionArn,
      condition: given.condition,
      approximateInvokeCount: given.attempts,
    },
    ...(given.version === undefined
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: given.version,
            functionError: given.functionError ?? null,
          },
        }),
    version: "1.0",
    timestamp: new Date(given.now).toISOString(),
    [of]: {
      shardId: given.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first?.approximateArrival ?? given.now, of),
      approximateArrivalOfLastRecord: arrival(last?.approximateArrival ?? given.now, of),
      batchSize: given.records.length,
      streamArn: given.mapping.EventSourceArn,
    },
  };
}

/** A table's stream has whole seconds. */
function arrival(time: number, of: "KinesisBatchInfo" | "DDBStreamBatchInfo"): string {
  const text = new Date(time).toISOString();
  return of === "KinesisBatchInfo" ? text : text.replace(/\.\d+Z$/, "Z");
}

/** Where a bucket keeps what was given up on. https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
export function failureKey({
  uuid,
  shardId,
  now,
  id,
}: {
  readonly uuid: string;
  readonly shardId: string;
  readonly now: number;
  readonly id: string;
}): string {
  const time = new Date(now).toISOString().slice(0, 19);
  return `aws/lambda/${uuid}/${shardId}/${time.slice(0, 10).replaceAll("-", "/")}/${time.replaceAll(":", ".")}-${id}`;
}
