// Makes an endpoint for a device token, or finds the one that is as asked. https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html

import type { CreatePlatformEndpointInput, CreatePlatformEndpointOutput } from "../../../../models/sns.d.ts";
import { applicationDisabled, invalidParameter } from "../../errors.ts";
import { applicationAt, checkEndpointAttributes, checkUserData, deviceKey } from "../../rules/platform.ts";
import { operation } from "../../store.ts";

export const createPlatformEndpoint = operation<CreatePlatformEndpointInput, CreatePlatformEndpointOutput>(
  (input, context) => {
    const { store, ids } = context;
    const application = applicationAt(context, input.PlatformApplicationArn);
    if (application.attributes["Enabled"] === "false") throw applicationDisabled();
    const { Token, CustomUserData, Attributes: given = {} } = input;
    checkEndpointAttributes(given);
    if (CustomUserData !== undefined) checkUserData(CustomUserData);
    const attributes = {
      Enabled: "true",
      ...given,
      ...(CustomUserData === undefined ? {} : { CustomUserData }),
      Token,
    };
    const key = deviceKey({ application: application.arn, attributes });
    const present = store.endpoints.get(key);
    if (present !== undefined) {
      const names = new Set([...Object.keys(present.attributes), ...Object.keys(attributes)]);
      const same = [...names].every(
        (name) => present.attributes[name] === (attributes as Readonly<Record<string, string>>)[name],
      );
      if (same) return { EndpointArn: present.arn };
      throw invalidParameter(
        `Token Reason: Endpoint ${present.arn} already exists with the same Token, but different attributes.`,
      );
    }
    const arn = `${application.arn.replace(":app/", ":endpoint/")}/${ids.uuid()}`;
    store.endpoints.put(key, { arn, application: application.arn, attributes });
    store.endpointArns.put(arn, key);
    return { EndpointArn: arn };
  },
);
