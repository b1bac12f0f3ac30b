// Changes an app. https://docs.aws.amazon.com/sns/latest/api/API_SetPlatformApplicationAttributes.html

import type {
  SetPlatformApplicationAttributesInput,
  SetPlatformApplicationAttributesOutput,
} from "../../../../models/sns.d.ts";
import { applicationAt, checkApplicationAttributes } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const setPlatformApplicationAttributes = operation<
  SetPlatformApplicationAttributesInput,
  SetPlatformApplicationAttributesOutput
>((input, context) => {
  const application = applicationAt(context, input.PlatformApplicationArn);
  checkApplicationAttributes(input.Attributes);
  const attributes = { ...application.attributes, ...input.Attributes };
  context.store.applications.put(application.arn, { ...application, attributes });
  return {};
});
