// API Gateway's operations on resources, by API name.

import { createResource } from "../operations/resource/create-resource.ts";
import { deleteResource } from "../operations/resource/delete-resource.ts";
import { getResource } from "../operations/resource/get-resource.ts";
import { getResources } from "../operations/resource/get-resources.ts";
import { updateResource } from "../operations/resource/update-resource.ts";

export const resourceOperations = {
  CreateResource: createResource,
  DeleteResource: deleteResource,
  GetResource: getResource,
  GetResources: getResources,
  UpdateResource: updateResource,
};
