// How the suites place an order without the API.
import type { TestCloud } from "hangar/vitest";

export async function place({ aws, stack }: TestCloud, id: string, item = "kite"): Promise<void> {
  const MessageBody = JSON.stringify({ id, item });
  await aws.sqs.sendMessage({ QueueUrl: stack.outputs.PlacedQueue, MessageBody });
}
