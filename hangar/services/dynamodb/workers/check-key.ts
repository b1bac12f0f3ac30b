// Notes for the tables of a key whether it can be used: without it nobody reads or writes them.

import { AwsError } from "../../../kernel/aws-error.ts";
import { keyRefused } from "../errors.ts";
import { isTimed } from "../engine/table-states.ts";
import { TAKES } from "../rules/table-state.ts";
import type { DynamoContext } from "../store.ts";

export async function checkKey({ keyArn }: { readonly keyArn: string }, context: DynamoContext): Promise<void> {
  const message = await refusalOf(keyArn, context);
  const now = context.clock.now();
  const { tables } = context.store;
  for (const table of Array.from(tables.rows())) {
    if (table.sse?.keyArn !== keyArn || (table.keyRefused === undefined) === (message === undefined)) continue;
    const timed = isTimed(context, table);
    const refused =
      message === undefined
        ? undefined
        : { message, from: now + (timed ? TAKES.keyCached : 0), shown: now + (timed ? TAKES.keyDetected : 0) };
    tables.put(table.name, { ...table, keyRefused: refused });
  }
}

async function refusalOf(keyArn: string, context: DynamoContext): Promise<string | undefined> {
  try {
    await context.ports.keys.usable(keyArn);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return keyRefused(error).message;
    throw error;
  }
}
