// Writes up to 500 records, each into its own shard. https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { PutRecordsInput, PutRecordsOutput } from "../../../models/kinesis.d.ts";
import { append, newDataKey, placing } from "../engine/append-record.ts";
import { findStream } from "../engine/find-stream.ts";
import { refusal } from "../engine/shard-throughput.ts";
import { bytesOf } from "../rules/record-size.ts";
import { invalidArgument } from "../errors.ts";
import { operation, topicOf, type KinesisContext, type Place } from "../store.ts";

const MOST_BYTES = 10 * 1024 * 1024;

export const putRecords = operation<PutRecordsInput, PutRecordsOutput>((input, context) => {
  const place = findStream(context, input);
  if (input.DryRun === true) throw notEmulated("DryRun of PutRecords");
  const hashes = input.Records.map((record, index) =>
    placing(context, place.stream, record, `records.${index + 1}.member.`),
  );
  let bytes = 0;
  for (const { Data, PartitionKey } of input.Records) bytes += bytesOf(Data, PartitionKey);
  if (bytes > MOST_BYTES) throw invalidArgument("Records size exceeds 10 MB limit");
  if (place.stream.encryption === undefined) return write(context, place, input, { hashes, dataKey: undefined });
  return newDataKey(context, place.stream).then((dataKey) => ({
    ...write(context, findStream(context, input), input, { hashes, dataKey }),
    EncryptionType: "KMS",
  }));
});

function write(
  context: KinesisContext,
  place: Place,
  { Records }: PutRecordsInput,
  { hashes, dataKey }: { readonly hashes: readonly string[]; readonly dataKey: Uint8Array | undefined },
): PutRecordsOutput {
  let failed = 0;
  const written = Records.map((record, index) => {
    const hash = hashes[index] ?? "";
    const refused = refusal(context, place, hash, record);
    if (refused === undefined) return append(context, place, record, { hash, dataKey });
    failed += 1;
    return { ErrorCode: refused.code, ErrorMessage: refused.message };
  });
  context.scheduler.wake(topicOf(place.stream));
  return { FailedRecordCount: failed, Records: written };
}
