// Takes a statement out of a layer version's policy. https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html

import type { RemoveLayerVersionPermissionRequest } from "../../../../models/lambda.d.ts";
import { notFound } from "../../errors.ts";
import { checkRevision } from "../../rules/find.ts";
import { layerVersion } from "../../rules/layers.ts";
import { operation } from "../../store.ts";

export const removeLayerVersionPermission = operation<RemoveLayerVersionPermissionRequest, Record<string, never>>(
  (input, context) => {
    const { arn } = layerVersion(context, input.LayerName, input.VersionNumber);
    const policy = context.store.policies.get(arn);
    const kept = policy?.statements.filter((statement) => statement.Sid !== input.StatementId) ?? [];
    if (policy === undefined || kept.length === policy.statements.length)
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    checkRevision(input.RevisionId, policy.revisionId, "GetLayerPolicy");
    if (kept.length === 0) context.store.policies.delete(arn);
    else context.store.policies.put(arn, { revisionId: context.ids.uuid(), statements: kept });
    return {};
  },
);
