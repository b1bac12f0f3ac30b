// Keys of tables, watched: KMS tells when one can no longer be used, or can be again.

import type { DynamoContext } from "../store.ts";

const CHECK_WORK = "dynamodb.check-key";

/** One watch for all tables of a region with the key; it stays when they are gone. */
export function watchKey({ world, account }: DynamoContext, keyArn: string, region: string): void {
  const topic = `kms-key:${keyArn}`;
  world.scheduler.subscribe({ topic, name: "dynamodb", kind: CHECK_WORK, account, region, data: { keyArn } });
}
