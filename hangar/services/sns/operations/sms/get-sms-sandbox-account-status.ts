// Says whether the account may text only to phones it has verified: as new ones do. https://docs.aws.amazon.com/sns/latest/api/API_GetSMSSandboxAccountStatus.html

import type { GetSMSSandboxAccountStatusInput, GetSMSSandboxAccountStatusOutput } from "../../../../models/sns.d.ts";
import { operation } from "../../store.ts";

export const getSMSSandboxAccountStatus = operation<GetSMSSandboxAccountStatusInput, GetSMSSandboxAccountStatusOutput>(
  () => ({ IsInSandbox: true }),
);
