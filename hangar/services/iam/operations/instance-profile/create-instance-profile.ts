// Creates an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html

import type { CreateInstanceProfileInput, CreateInstanceProfileOutput } from "../../../../models/iam.d.ts";
import { entityAlreadyExists } from "../../errors.ts";
import { instanceProfileAnswer } from "../../rules/answers.ts";
import { entityArn } from "../../rules/entity-arn.ts";
import { putProfile } from "../../rules/instance-profiles.ts";
import { checkedTags } from "../../rules/tags.ts";
import { accountStore, nameKey, type InstanceProfile, operation } from "../../store.ts";

export const createInstanceProfile = operation<CreateInstanceProfileInput, CreateInstanceProfileOutput>(
  (input, context) => {
    const { InstanceProfileName, Path = "/" } = input;
    const store = accountStore(context);
    if (store.instanceProfiles.has(nameKey(InstanceProfileName)))
      throw entityAlreadyExists(`Instance Profile ${InstanceProfileName} already exists.`);
    const profile: InstanceProfile = {
      InstanceProfileName,
      InstanceProfileId: `AIPA${context.ids.upper(17)}`,
      Arn: entityArn(context.account, "instance-profile", Path, InstanceProfileName),
      Path,
      created: context.clock.seconds() * 1000,
      tags: checkedTags(input.Tags),
    };
    putProfile(context, profile);
    return { InstanceProfile: instanceProfileAnswer(context, profile) };
  },
);
