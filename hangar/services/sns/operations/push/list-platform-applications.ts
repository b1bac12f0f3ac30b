// Lists apps, a hundred at a time. https://docs.aws.amazon.com/sns/latest/api/API_ListPlatformApplications.html

import type { ListPlatformApplicationsInput, ListPlatformApplicationsOutput } from "../../../../models/sns.d.ts";
import { pageOf } from "../../rules/page.ts";
import { shownApplication } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const listPlatformApplications = operation<ListPlatformApplicationsInput, ListPlatformApplicationsOutput>(
  (input, { store }) => {
    const { items, next } = pageOf([...store.applications.rows()], input.NextToken);
    return {
      PlatformApplications: items.map(({ arn, attributes }) => ({
        PlatformApplicationArn: arn,
        Attributes: shownApplication(attributes),
      })),
      NextToken: next,
    };
  },
);
