// Describes an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html

import type { GetInstanceProfileInput, GetInstanceProfileOutput } from "../../../../models/iam.d.ts";
import { instanceProfileAnswer } from "../../rules/answers.ts";
import { profileNamed } from "../../rules/instance-profiles.ts";
import { operation } from "../../store.ts";

export const getInstanceProfile = operation<GetInstanceProfileInput, GetInstanceProfileOutput>((input, context) => {
  return { InstanceProfile: instanceProfileAnswer(context, profileNamed(context, input.InstanceProfileName)) };
});
