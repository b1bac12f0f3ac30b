// Reads an import's objects into a new table, as whoever asked for it. The table is there once they are all read.

import { AwsError } from "../../../kernel/aws-error.ts";
import { readObject } from "../engine/import-objects.ts";
import { IMPORT_LOGS } from "../engine/imports.ts";
import { readItem } from "../engine/item-writes.ts";
import { jobFailure } from "../engine/job-failure.ts";
import { dropIndexRows } from "../engine/table-rows.ts";
import { writeItem } from "../engine/write-item.ts";
import { tableAlreadyExistsException, validation } from "../errors.ts";
import { checkItemKeys, itemKey } from "../rules/item-key.ts";
import { schemaOf } from "../rules/table-schema.ts";
import type { DynamoContext, ImportCounts, ImportRow, Item } from "../store.ts";

const NOT_ALL =
  "Some of the items failed validation checks and were not imported. Please check CloudWatch error logs for more details.";
/** Errors beyond these are counted but not written down. */
const MAX_LOGGED = 10_000;
const LOGGED_AT_ONCE = 100;

export async function runImport({ arn }: { readonly arn: string }, context: DynamoContext): Promise<void> {
  const row = context.store.imports.get(arn);
  if (row?.status !== "IN_PROGRESS") return;
  const reading = new Reading(context, row);
  try {
    reading.drop();
    await reading.all();
    if (context.store.tables.has(row.table.name)) throw tableAlreadyExistsException(row.table.name);
    context.store.tables.put(row.table.name, row.table);
    const failed = reading.counts.errors > 0;
    const failure = failed ? { code: "ItemValidationError", message: NOT_ALL } : undefined;
    end(context, row, { status: failed ? "FAILED" : "COMPLETED", failure, counts: reading.counts });
  } catch (error) {
    reading.drop();
    end(context, row, { status: "FAILED", failure: jobFailure(context, error), counts: reading.counts });
    if (!(error instanceof AwsError)) throw error;
  }
}

function end(context: DynamoContext, row: ImportRow, members: Partial<ImportRow>): void {
  context.store.imports.put(row.arn, { ...row, ...members, ended: context.clock.now() });
  context.scheduler.wake(`import:${row.arn}`);
}

class Reading {
  counts: ImportCounts = { imported: 0, errors: 0, bytes: 0 };
  readonly #context: DynamoContext;
  readonly #row: ImportRow;
  #lines: { timestamp: number; message: string }[] = [];
  #logged = 0;

  constructor(context: DynamoContext, row: ImportRow) {
    this.#context = context;
    this.#row = row;
  }

  /** Removes what was written for a table that does not come, or by a run that did not end. */
  drop(): void {
    const { store } = this.#context;
    const { storage, indexes, name } = this.#row.table;
    if (store.tables.get(name)?.storage === storage) return;
    for (const key of Array.from(store.items.keys({ prefix: storage }))) store.items.delete(key);
    for (const index of indexes) dropIndexRows(store, index);
  }

  async all(): Promise<void> {
    const { objects } = this.#context.ports;
    const { S3Bucket: bucket, S3BucketOwner: owner, S3KeyPrefix: prefix = "" } = this.#row.source;
    const by = { as: { ...this.#row.caller, via: "dynamodb.amazonaws.com" }, owner };
    for await (const { key, size } of objects.list(bucket, prefix, by)) {
      if (size === 0) continue;
      const { body } = await objects.get(bucket, key, by);
      await this.#object(key, body);
    }
    await this.#flush();
  }

  async #object(key: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    let items = 0;
    const wrong = await readObject(body, this.#row, {
      onItem: (item, index) => {
        items = index + 1;
        this.#write(item, key, index);
      },
      onBytes: (bytes) => this.#count({ bytes }),
    });
    if (wrong !== undefined) this.#refuse(key, items, wrong);
    if (this.#lines.length >= LOGGED_AT_ONCE) await this.#flush();
  }

  /** An item that DynamoDB would refuse is left out; those after it are not. */
  #write(given: Item, key: string, index: number): void {
    const { store } = this.#context;
    const { table } = this.#row;
    const schema = schemaOf(table);
    try {
      if (Object.hasOwn(given, ""))
        throw validation("One or more parameter values were invalid: Attribute name is empty");
      const after = readItem(given);
      checkItemKeys(schema, after.item);
      const at = itemKey(schema, after.item);
      writeItem(this.#context, { table, schema, store }, { key: at, before: store.items.get(at), after });
      this.#count({ imported: 1 });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#refuse(key, index, error.message);
    }
  }

  #refuse(key: string, itemIndex: number, message: string): void {
    this.#count({ errors: 1 });
    if (this.#logged >= MAX_LOGGED) return;
    this.#logged += 1;
    const { source, arn } = this.#row;
    const itemS3Pointer = { bucket: source.S3Bucket, key, itemIndex };
    const line = { itemS3Pointer, importArn: arn, errorMessages: [message] };
    this.#lines.push({ timestamp: this.#context.clock.now(), message: JSON.stringify(line) });
  }

  #count({ imported = 0, errors = 0, bytes = 0 }: Partial<ImportCounts>): void {
    const { counts } = this;
    this.counts = {
      imported: counts.imported + imported,
      errors: counts.errors + errors,
      bytes: counts.bytes + bytes,
    };
  }

  async #flush(): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length > 0) await this.#context.ports.logs.write(IMPORT_LOGS, `${this.#row.id}/error`, lines);
  }
}
