// Gives a user temporary credentials for itself. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html

import type { GetSessionTokenInput, GetSessionTokenOutput } from "../../../models/sts.d.ts";
import { notEmulated } from "../../../kernel/aws-error.ts";
import { accessDenied } from "../errors.ts";
import { operation } from "../store.ts";
import { credentialsAnswer } from "../rules/credentials.ts";

const HOUR = 3600;

export const getSessionToken = operation<GetSessionTokenInput, GetSessionTokenOutput>(
  ({ DurationSeconds, SerialNumber, TokenCode }, { caller, ports }) => {
    if (SerialNumber !== undefined || TokenCode !== undefined)
      throw notEmulated("multi-factor authentication (SerialNumber, TokenCode)");
    const owner = caller.accessKeyId === undefined ? undefined : ports.access.keyOwner(caller.accessKeyId);
    if (caller.kind === "role" || caller.kind === "federated" || owner?.sessionToken !== undefined)
      throw accessDenied("Cannot call GetSessionToken with session credentials");
    const seconds = DurationSeconds ?? 12 * HOUR;
    return {
      Credentials: credentialsAnswer(
        ports.access.issue({ caller, seconds: caller.kind === "root" ? Math.min(seconds, HOUR) : seconds }),
      ),
    };
  },
);
