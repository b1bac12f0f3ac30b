// Carries a request out and keeps what came of it.

import type { Context } from "../../../cloud/operation.ts";
import { AwsError } from "../../../kernel/aws-error.ts";
import type { ProgressRow, Tables } from "../store.ts";

type Request = {
  readonly type: string;
  readonly operation: ProgressRow["operation"];
  readonly clientToken?: string | undefined;
  readonly identifier?: string | undefined;
};

export async function carryOut(
  request: Request,
  run: () => Promise<{ readonly identifier: string; readonly model?: string }>,
  context: Context<Tables>,
): Promise<ProgressRow> {
  const { store, ids, clock } = context;
  const known =
    request.clientToken === undefined
      ? undefined
      : [...store.requests.rows()].find((row) => row.clientToken === request.clientToken);
  if (known !== undefined) return known;
  const begun = { ...request, token: ids.uuid() };
  let row: ProgressRow;
  try {
    row = { ...begun, ...(await run()), status: "SUCCESS", at: clock.now() };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === "NotEmulated") throw error;
    row = { ...begun, status: "FAILED", at: clock.now(), message: error.message, errorCode: codeOf(error) };
  }
  store.requests.put(row.token, row);
  return row;
}

function codeOf(error: AwsError): string {
  if (/NotFound|NoSuch|NonExistent/.test(error.code)) return "NotFound";
  if (/AlreadyExists|AlreadyOwned|Exists$/.test(error.code)) return "AlreadyExists";
  if (/AccessDenied|NotAuthorized/.test(error.code)) return "AccessDenied";
  return error.status >= 500 ? "GeneralServiceException" : "InvalidRequest";
}

export function progressView(row: ProgressRow): object {
  return {
    TypeName: row.type,
    ...(row.identifier === undefined ? {} : { Identifier: row.identifier }),
    RequestToken: row.token,
    Operation: row.operation,
    OperationStatus: row.status,
    EventTime: new Date(row.at),
    ...(row.model === undefined ? {} : { ResourceModel: row.model }),
    ...(row.message === undefined ? {} : { StatusMessage: row.message }),
    ...(row.errorCode === undefined ? {} : { ErrorCode: row.errorCode }),
  };
}
