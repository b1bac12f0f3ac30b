// Credentials as STS answers them.

import type { Credentials as Answer } from "../../../models/sts.d.ts";
import type { Credentials } from "../../../ports/access.ts";

export function credentialsAnswer(issued: Credentials): Answer {
  return {
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    SessionToken: issued.sessionToken ?? "",
    Expiration: new Date(issued.expiration ?? 0),
  };
}
