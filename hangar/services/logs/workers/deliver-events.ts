// Sends a batch of events to a subscription filter's destination as AWS does: gzipped, to functions in Base64.

import { gzipSync } from "node:zlib";
import { AwsError } from "../../../kernel/aws-error.ts";
import { compositeKey } from "../../../kernel/table.ts";
import { writeToStream } from "../engine/write-to-stream.ts";
import type { LogsContext } from "../store.ts";

export type DeliverEvents = {
  readonly group: string;
  readonly stream: string;
  readonly filter: string;
  readonly events: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
  readonly attempt: number;
};

const ATTEMPTS = 6;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export async function deliverEvents(data: DeliverEvents, context: LogsContext): Promise<void> {
  const { store, account, scheduler, clock } = context;
  const filter = store.subscriptionFilters.get(compositeKey(data.group, data.filter));
  const group = store.groups.get(data.group);
  if (filter === undefined || group === undefined) return;
  const message = {
    messageType: "DATA_MESSAGE",
    owner: account,
    logGroup: data.group,
    logStream: data.stream,
    subscriptionFilters: [data.filter],
    logEvents: data.events,
  };
  const { destinationArn, roleArn } = filter;
  const sourceArn = `${group.arn}:*`;
  try {
    if (destinationArn.includes(":kinesis:")) {
      const logStream = filter.distribution === "Random" ? undefined : `${data.group}/${data.stream}`;
      await writeToStream(context, { destinationArn, roleArn, sourceArn, logStream }, message);
      return;
    }
    const event = { awslogs: { data: gzipSync(JSON.stringify(message)).toString("base64") } };
    await context.ports.targets.deliver(destinationArn, JSON.stringify(event), {
      as: { service: "logs.amazonaws.com", sourceArn, sourceAccount: account },
      roleArn,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // AWS tries for a day, ever more seldom; what is refused for good is dropped.
    const again: DeliverEvents = { ...data, attempt: data.attempt + 1 };
    if (again.attempt < ATTEMPTS && error.fault === "server")
      scheduler.at(clock.now() + 30_000 * 2 ** data.attempt, "logs.deliverEvents", again);
  }
}
