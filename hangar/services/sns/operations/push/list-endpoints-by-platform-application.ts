// Lists the endpoints of an app, a hundred at a time. https://docs.aws.amazon.com/sns/latest/api/API_ListEndpointsByPlatformApplication.html

import type {
  ListEndpointsByPlatformApplicationInput,
  ListEndpointsByPlatformApplicationOutput,
} from "../../../../models/sns.d.ts";
import { compositeKey } from "../../../../kernel/table.ts";
import { pageOf } from "../../rules/page.ts";
import { applicationAt } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const listEndpointsByPlatformApplication = operation<
  ListEndpointsByPlatformApplicationInput,
  ListEndpointsByPlatformApplicationOutput
>((input, context) => {
  const { arn } = applicationAt(context, input.PlatformApplicationArn);
  const { items, next } = pageOf([...context.store.endpoints.rows({ prefix: compositeKey(arn, "") })], input.NextToken);
  return {
    Endpoints: items.map((endpoint) => ({ EndpointArn: endpoint.arn, Attributes: endpoint.attributes })),
    NextToken: next,
  };
});
