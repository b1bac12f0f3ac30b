// Gives someone a user vouches for a session with part of the user's rights. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html

import type { GetFederationTokenInput, GetFederationTokenOutput } from "../../../models/sts.d.ts";
import type { Caller } from "../../../cloud/operation.ts";
import { accessDenied } from "../errors.ts";
import { packedSize, sessionPolicies } from "../rules/session-policies.ts";
import { sessionTags } from "../rules/session-tags.ts";
import { operation } from "../store.ts";
import { credentialsAnswer } from "../rules/credentials.ts";

export const getFederationToken = operation<GetFederationTokenInput, GetFederationTokenOutput>(
  (input, { caller, ports }) => {
    if (caller.kind === "role" || caller.kind === "federated")
      throw accessDenied("Cannot call GetFederationToken with session credentials");
    const { account } = caller;
    const { tags } = sessionTags({ Tags: input.Tags }, {});
    const federated: Caller = {
      kind: "federated",
      account,
      arn: `arn:aws:sts::${account}:federated-user/${input.Name}`,
      userId: `${account}:${input.Name}`,
      userName: caller.userName,
      // Without a policy such a session may do nothing but what resources give it.
      sessionPolicies: sessionPolicies(input, ports.access) ?? [],
      sessionTags: tags,
    };
    return {
      Credentials: credentialsAnswer(
        ports.access.issue({ caller: federated, seconds: input.DurationSeconds ?? 12 * 3600 }),
      ),
      FederatedUser: { Arn: federated.arn, FederatedUserId: federated.userId },
      PackedPolicySize: packedSize(input) ?? 0,
    };
  },
);
