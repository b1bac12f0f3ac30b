// Names of user pool domains: a prefix of AWS's, or a name of the pool's own.

import type { Violation } from "../../../cloud/service.ts";

/** The model has one pattern for both, which no name of one's own fits: AWS does not hold it against them. */
export function isDomainPattern({ member, kind }: Violation, operation: string): boolean {
  return operation.endsWith("UserPoolDomain") && member === "Domain" && kind === "pattern";
}
