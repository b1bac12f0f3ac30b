// Every error DynamoDB returns, in AWS's words.

import type { Violation } from "../../cloud/service.ts";
import { AwsError } from "../../kernel/aws-error.ts";
import { constraintsMessage } from "./rules/broken-constraints.ts";

export function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/**
 * AWS checks requests in one of two layers, and which one an operation runs decides some words: these errors know both.
 * PutItem, UpdateItem, DeleteItem, GetItem, BatchGetItem and Query run the newer one (captured in us-east-1, October 2026).
 */
export class WordedError extends AwsError {
  readonly older: string;

  constructor(message: string, older: string) {
    super("ValidationException", message);
    this.older = older;
  }
}

export function worded(message: string, older: string): WordedError {
  return new WordedError(message, older);
}

/** What BatchWriteItem, Scan and transactions say. */
export function inOlderWords(error: unknown): unknown {
  return error instanceof WordedError ? validation(error.older) : error;
}

/** What PutItem, UpdateItem and DeleteItem say of requests they refuse without looking at the table. */
export function inEnvelope(error: unknown): unknown {
  if (!(error instanceof AwsError) || error.code !== "ValidationException") return error;
  return validation(`1 validation error detected: ${error.message}`);
}

export function constraintsBroken(violations: readonly Violation[], operation: string): AwsError | undefined {
  const message = constraintsMessage(violations, operation);
  return message === undefined ? undefined : validation(message);
}

/** The usual start of what is wrong with a parameter's value. */
export function invalidParameter(message: string): AwsError {
  return validation(`One or more parameter values were invalid: ${message}`);
}

/** A constraint that AWS's model does not carry but the service checks in the model's words. */
export function constraint(value: string | undefined, path: string, rule: string): AwsError {
  const shown = value === undefined ? "null" : `'${value}'`;
  return validation(`1 validation error detected: Value ${shown} at '${path}' failed to satisfy constraint: ${rule}`);
}

/** What the data plane says: it never names the table. */
export function resourceNotFound(): AwsError {
  return new AwsError("ResourceNotFoundException", "Requested resource not found");
}

/** What the control plane says. */
export function tableNotFound(name: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);
}

export function indexOfTableNotFound(index: string, table: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Requested resource not found: Index: ${index} not found for table: ${table}`,
  );
}

export function resourceNamedNotFound(what: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Requested resource not found: ${what} not found`);
}

export function indexNotFound(name: string, table: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Requested resource not found: Index ${name} for table ${table}`);
}

/** A table's KMS key that cannot be used, in KMS's words within DynamoDB's. */
export function keyRefused({ code, message }: AwsError): AwsError {
  if (code === "AccessDeniedException")
    return new AwsError(
      code,
      `KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: ${message}`,
    );
  const what = code === "DisabledException" ? "KMS key disabled error" : "KMS validation error";
  return validation(
    `${what}: com.amazonaws.services.kms.model.${code}: ${message} (Service: AWSKMS; Status Code: 400; Error Code: ${code}; Proxy: null)`,
  );
}

/** Backups speak of tables in an exception of their own. */
export function tableNotFoundException(name: string): AwsError {
  return new AwsError("TableNotFoundException", `Table not found: ${name}`);
}

export function tableAlreadyExistsException(name: string): AwsError {
  return new AwsError("TableAlreadyExistsException", `Table already exists: ${name}`);
}

export function backupNotFound(arn: string): AwsError {
  return new AwsError("BackupNotFoundException", `Backup not found: ${arn}`);
}

export function backupInvalidArn(): AwsError {
  return validation("Invalid Backup ARN");
}

export function recoveryUnavailable(name: string): AwsError {
  return new AwsError(
    "PointInTimeRecoveryUnavailableException",
    `Point in time recovery is not enabled for table '${name}'`,
  );
}

export function invalidExportTime(message: string): AwsError {
  return new AwsError("InvalidExportTimeException", message);
}

export function exportNotFound(why: string): AwsError {
  return new AwsError("ExportNotFoundException", `Export not found: ${why}`);
}

export function exportConflict(): AwsError {
  return new AwsError(
    "ExportConflictException",
    "Export conflict: Duplicate request detected with conflicting parameters",
  );
}

export function importNotFound(arn: string): AwsError {
  return new AwsError("ImportNotFoundException", `Import not found: Import not found: ${arn}`);
}

export function importConflict(): AwsError {
  return new AwsError(
    "ImportConflictException",
    "Import conflict: Duplicate request detected with conflicting parameters",
  );
}

/** Times are seconds. */
export function invalidRestoreTime(
  second: number,
  { earliest, latest }: { readonly earliest: number; readonly latest: number },
): AwsError {
  return new AwsError(
    "InvalidRestoreTimeException",
    `RestoreDateTime '${instant(second)}' must be within EarliestRestorableDateTime '${instant(earliest)}' and LatestRestorableDateTime '${instant(latest)}'`,
  );
}

/** A second as DynamoDB writes it in messages. */
export function instant(second: number): string {
  return new Date(second * 1000).toISOString().replace(".000Z", "Z");
}

export function resourceInUse(message: string): AwsError {
  return new AwsError("ResourceInUseException", message);
}

/** The same of something that is being changed already. */
export function inUse(what: string): AwsError {
  return resourceInUse(`Attempt to change a resource which is still in use: ${what}`);
}

export function throttledProtection(table: string, pause: number, again: number): AwsError {
  return new AwsError(
    "ThrottlingException",
    `Deletion protection setting for table ${table} modified within the previous ${pause} milliseconds. Please try again after ${new Date(again).toISOString().slice(0, -1)}`,
  );
}

export function limitExceeded(message: string): AwsError {
  return new AwsError("LimitExceededException", message);
}

export function conditionalCheckFailed(item?: object): AwsError {
  return new AwsError(
    "ConditionalCheckFailedException",
    "The conditional request failed",
    item === undefined ? {} : { members: { Item: item } },
  );
}

export const COLLECTION_TOO_LARGE = "Collection size exceeded.";

/** Of a table with local indexes: more than 10 GB of one partition key. */
export function collectionTooLarge(): AwsError {
  return new AwsError("ItemCollectionSizeLimitExceededException", COLLECTION_TOO_LARGE);
}

export type CancellationReason = {
  readonly Code: string;
  readonly Message?: string | undefined;
  readonly Item?: object | undefined;
};

export function transactionCanceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(", ");
  return new AwsError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    {
      members: { CancellationReasons: reasons },
    },
  );
}

export function idempotentParameterMismatch(): AwsError {
  return new AwsError(
    "IdempotentParameterMismatchException",
    "The request uses the same client token as a previous, but non-identical request. Do not reuse a client token with different requests, unless the requests are identical",
  );
}

export function duplicateItem(item?: object): AwsError {
  return new AwsError(
    "DuplicateItemException",
    "Duplicate primary key exists in table",
    item === undefined ? {} : { members: { Item: item } },
  );
}

export function policyNotFound(arn: string): AwsError {
  return new AwsError(
    "PolicyNotFoundException",
    `Resource-based policy not found for the provided ResourceArn: ${arn}`,
  );
}

export type Throttled = {
  readonly provisioned: boolean;
  /** Whether an index has too few units, not the table. */
  readonly index: boolean;
  /** e.g. `TableWriteProvisionedThroughputExceeded`. */
  readonly reason: string;
  readonly resource: string;
};

export function throttled({ provisioned, index, reason, resource }: Throttled): AwsError {
  const reasons = [{ reason, resource }];
  if (!provisioned)
    return new AwsError(
      "ThrottlingException",
      "Throughput exceeds the maximum OnDemandThroughput configured on table or index",
      { members: { throttlingReasons: reasons } },
    );
  return new AwsError(
    "ProvisionedThroughputExceededException",
    index
      ? "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with the UpdateTable API"
      : "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
    { members: { ThrottlingReasons: reasons } },
  );
}

/** The same as one reason for which a transaction is cancelled. */
export function throttledReason({ code, message }: AwsError): CancellationReason {
  return {
    Code: code === "ThrottlingException" ? "ThrottlingError" : "ProvisionedThroughputExceeded",
    Message: message,
  };
}

/** The API of version 2017.11.29 finds nothing any more. */
export function globalTableNotFound(name: string, start = ""): AwsError {
  return new AwsError("GlobalTableNotFoundException", `${start}Global table with name: '${name}' does not exist.`);
}

/** What auto scaling says of a table that is no global table, too. */
export function globalTableMissing(name: string): AwsError {
  return new AwsError("ResourceNotFoundException", `Global table with name: '${name}' does not exist.`);
}

export function legacyGlobalTable(): AwsError {
  return invalidParameter(
    "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).",
  );
}

export function internalServerError(): AwsError {
  return new AwsError("InternalServerError", "Internal server error", { status: 500, fault: "server" });
}
