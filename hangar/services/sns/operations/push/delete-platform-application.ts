// Deletes an app with its endpoints; one that is not there is no error. https://docs.aws.amazon.com/sns/latest/api/API_DeletePlatformApplication.html

import type { DeletePlatformApplicationInput, DeletePlatformApplicationOutput } from "../../../../models/sns.d.ts";
import { compositeKey } from "../../../../kernel/table.ts";
import { splitArn } from "../../rules/arn.ts";
import { operation } from "../../store.ts";

export const deletePlatformApplication = operation<DeletePlatformApplicationInput, DeletePlatformApplicationOutput>(
  (input, { store }) => {
    const arn = input.PlatformApplicationArn;
    splitArn(arn, "PlatformApplicationArn");
    for (const [key, endpoint] of Array.from(store.endpoints.range({ prefix: compositeKey(arn, "") }))) {
      store.endpoints.delete(key);
      store.endpointArns.delete(endpoint.arn);
    }
    store.applications.delete(arn);
    return {};
  },
);
