// A layer version's policy. https://docs.aws.amazon.com/lambda/latest/api/API_GetLayerVersionPolicy.html

import type { GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse } from "../../../../models/lambda.d.ts";
import { notFound } from "../../errors.ts";
import { layerVersion } from "../../rules/layers.ts";
import { policyDocument } from "../../rules/policy.ts";
import { operation } from "../../store.ts";

export const getLayerVersionPolicy = operation<GetLayerVersionPolicyRequest, GetLayerVersionPolicyResponse>(
  (input, context) => {
    const { arn } = layerVersion(context, input.LayerName, input.VersionNumber);
    const policy = context.store.policies.get(arn);
    if (policy === undefined) throw notFound("No policy is associated with the given resource.");
    return { Policy: policyDocument(policy), RevisionId: policy.revisionId };
  },
);
