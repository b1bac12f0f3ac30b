// The account that a request of S3 Control names, in a header and in the host: the caller's own.

import { accessDenied, invalidRequest } from "../errors.ts";

export function checkAccount(
  { AccountId: named }: { readonly AccountId?: string | undefined },
  { account }: { readonly account: string },
): string {
  if (named === undefined) throw invalidRequest("Missing required header for this request: x-amz-account-id");
  if (named !== account) throw accessDenied();
  return named;
}
