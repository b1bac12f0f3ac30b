// What giving a function layers needs: lambda:GetLayerVersion on each of them.

import type { AccessNeed } from "../../../ports/access.ts";
import type { LambdaContext } from "../store.ts";
import { isAway, parseLayer } from "./layers.ts";
import { forEverybody, policyDocument } from "./policy.ts";

export function layerNeeds(arns: readonly string[] | undefined, context: LambdaContext): AccessNeed[] {
  return (arns ?? []).map((arn) => {
    const reference = parseLayer(arn, context);
    const kept = context.storeAt(reference.account, reference.region).policies.get(arn);
    const policy =
      kept ?? (isAway(context, reference) ? { revisionId: "", statements: [forEverybody(arn)] } : undefined);
    return {
      action: "lambda:GetLayerVersion",
      resource: arn,
      owner: reference.account,
      ...(policy === undefined ? {} : { policy: policyDocument(policy) }),
    };
  });
}
