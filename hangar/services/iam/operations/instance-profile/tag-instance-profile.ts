// Adds tags to an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html

import type { TagInstanceProfileInput } from "../../../../models/iam.d.ts";
import { profileNamed, putProfile } from "../../rules/instance-profiles.ts";
import { mergedTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const tagInstanceProfile = operation<TagInstanceProfileInput, void>((input, context) => {
  const profile = profileNamed(context, input.InstanceProfileName);
  putProfile(context, { ...profile, tags: mergedTags(profile.tags, input.Tags) });
});
