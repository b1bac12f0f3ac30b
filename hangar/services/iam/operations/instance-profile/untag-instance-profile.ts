// Removes tags from an instance profile. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html

import type { UntagInstanceProfileInput } from "../../../../models/iam.d.ts";
import { profileNamed, putProfile } from "../../rules/instance-profiles.ts";
import { withoutTags } from "../../rules/tags.ts";
import { operation } from "../../store.ts";

export const untagInstanceProfile = operation<UntagInstanceProfileInput, void>((input, context) => {
  const profile = profileNamed(context, input.InstanceProfileName);
  putProfile(context, { ...profile, tags: withoutTags(profile.tags, input.TagKeys) });
});
