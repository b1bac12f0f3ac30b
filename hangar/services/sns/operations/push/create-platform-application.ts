// Makes an app that push messages go to. https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html

import type { CreatePlatformApplicationInput, CreatePlatformApplicationOutput } from "../../../../models/sns.d.ts";
import { formatArn } from "../../../../kernel/arn.ts";
import {
  checkApplicationAttributes,
  checkApplicationName,
  checkCredentials,
  checkPlatform,
} from "../../rules/platform.ts";
import { operation } from "../../store.ts";

/** The credentials are not tried with the platform: nothing leaves this machine. */
export const createPlatformApplication = operation<CreatePlatformApplicationInput, CreatePlatformApplicationOutput>(
  (input, { account, region, store }) => {
    const { Name: name, Platform: platform, Attributes: attributes } = input;
    checkApplicationName(name);
    checkPlatform(platform);
    checkApplicationAttributes(attributes);
    checkCredentials(platform, attributes);
    const arn = formatArn({ service: "sns", region, account, resource: `app/${platform}/${name}` });
    store.applications.put(arn, { arn, attributes: { Enabled: "true", ...attributes } });
    return { PlatformApplicationArn: arn };
  },
);
