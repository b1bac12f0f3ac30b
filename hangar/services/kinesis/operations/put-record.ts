// Writes a record. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { PutRecordInput, PutRecordOutput } from "../../../models/kinesis.d.ts";
import { append, newDataKey, placing } from "../engine/append-record.ts";
import { findStream } from "../engine/find-stream.ts";
import { refusal } from "../engine/shard-throughput.ts";
import { invalidArgument } from "../errors.ts";
import { parseSequenceNumber } from "../rules/sequence-number.ts";
import { operation, topicOf, type KinesisContext, type Place } from "../store.ts";

export const putRecord = operation<PutRecordInput, PutRecordOutput>((input, context) => {
  const place = findStream(context, input);
  if (input.DryRun === true) throw notEmulated("DryRun of PutRecord");
  const hash = placing(context, place.stream, input);
  checkOrdering(place, input.SequenceNumberForOrdering, context.clock.now());
  if (place.stream.encryption === undefined) return write(context, place, input, { hash, dataKey: undefined });
  return newDataKey(context, place.stream).then((dataKey) => ({
    ...write(context, findStream(context, input), input, { hash, dataKey }),
    EncryptionType: "KMS",
  }));
});

function write(
  context: KinesisContext,
  place: Place,
  input: PutRecordInput,
  facts: { readonly hash: string; readonly dataKey: Uint8Array | undefined },
): PutRecordOutput {
  const refused = refusal(context, place, facts.hash, input);
  if (refused !== undefined) throw refused;
  const written = append(context, place, input, facts);
  context.scheduler.wake(topicOf(place.stream));
  return written;
}

/** Records of a shard are in order of arrival anyway: the number must only be one that may exist. */
function checkOrdering({ stream }: Place, number: string | undefined, now: number): void {
  if (number === undefined) return;
  const sequence = parseSequenceNumber(number);
  if (sequence === undefined || sequence.at > now)
    throw invalidArgument(
      `ExclusiveMinimumSequenceNumber ${number} used in PutRecord on stream ${stream.name} under account ${stream.account} is invalid.`,
    );
}
