// Reads an app: everything but its secrets. https://docs.aws.amazon.com/sns/latest/api/API_GetPlatformApplicationAttributes.html

import type {
  GetPlatformApplicationAttributesInput,
  GetPlatformApplicationAttributesOutput,
} from "../../../../models/sns.d.ts";
import { applicationAt, shownApplication } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const getPlatformApplicationAttributes = operation<
  GetPlatformApplicationAttributesInput,
  GetPlatformApplicationAttributesOutput
>((input, context) => ({
  Attributes: shownApplication(applicationAt(context, input.PlatformApplicationArn).attributes),
}));
