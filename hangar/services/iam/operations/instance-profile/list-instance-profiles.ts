// Lists the instance profiles under a path. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html

import type { ListInstanceProfilesInput, ListInstanceProfilesOutput } from "../../../../models/iam.d.ts";
import { instanceProfileAnswer } from "../../rules/answers.ts";
import { pageOf, underPath } from "../../rules/pages.ts";
import { accountStore, operation } from "../../store.ts";

export const listInstanceProfiles = operation<ListInstanceProfilesInput, ListInstanceProfilesOutput>(
  (input, context) => {
    const { items, facts } = pageOf(underPath(accountStore(context).instanceProfiles.rows(), input.PathPrefix), input);
    return { InstanceProfiles: items.map((profile) => instanceProfileAnswer(context, profile)), ...facts };
  },
);
