// Lists the instance profiles a role is in. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html

import type { ListInstanceProfilesForRoleInput, ListInstanceProfilesForRoleOutput } from "../../../../models/iam.d.ts";
import { instanceProfileAnswer } from "../../rules/answers.ts";
import { roleNamed } from "../../rules/holders.ts";
import { pageOf } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listInstanceProfilesForRole = operation<
  ListInstanceProfilesForRoleInput,
  ListInstanceProfilesForRoleOutput
>((input, context) => {
  const role = roleNamed(context, input.RoleName);
  const profiles = [...accountStore(context).instanceProfiles.rows()].filter(
    (profile) => profile.role === role.RoleName,
  );
  const { items, facts } = pageOf(profiles, input);
  return { InstanceProfiles: items.map((profile) => instanceProfileAnswer(context, profile)), ...facts };
});
