// Cloud Control: every resource type through one API.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { createResource } from "./operations/create-resource.ts";
import { deleteResource } from "./operations/delete-resource.ts";
import { getResource } from "./operations/get-resource.ts";
import { getResourceRequestStatus } from "./operations/get-resource-request-status.ts";
import { listResourceRequests } from "./operations/list-resource-requests.ts";
import { updateResource } from "./operations/update-resource.ts";
import { tables } from "./store.ts";

export const service = defineService<typeof tables>({
  name: "cloudcontrol",
  tables,
  operations: {
    CreateResource: createResource,
    DeleteResource: deleteResource,
    GetResource: getResource,
    GetResourceRequestStatus: getResourceRequestStatus,
    ListResourceRequests: listResourceRequests,
    UpdateResource: updateResource,
  },
  access,
});
