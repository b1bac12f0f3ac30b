// Sends waiting changes into a Kinesis stream, oldest first; what the stream refuses is tried for a day.

import { AwsError } from "../../../kernel/aws-error.ts";
import { KINESIS_WORK, outgoingKey } from "../engine/kinesis-writer.ts";
import { kinesisRecord } from "../rules/kinesis-record.ts";
import type { DynamoContext } from "../store.ts";

type Outgoing = { readonly account: string; readonly region: string; readonly stream: string };

const AGAIN = 60_000;
const DAY = 86_400_000;

export async function streamToKinesis(data: Outgoing, context: DynamoContext): Promise<void> {
  const { account, region, stream } = data;
  const { outgoing } = context.storeAt(account, region);
  for (;;) {
    const first = outgoing.first({ prefix: outgoingKey(stream) });
    if (first === undefined || context.world.disposed) return;
    const [key, row] = first;
    const record = { data: Buffer.from(kinesisRecord(row, region)), partitionKey: row.partitionKey };
    try {
      await context.ports.dataStreams.put(stream, [record]);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // A record that is too large never fits.
      if (error.code !== "ValidationException" && context.clock.now() - row.at < DAY) {
        context.scheduler.at(context.clock.now() + AGAIN, KINESIS_WORK, data);
        return;
      }
    }
    outgoing.delete(key);
  }
}
