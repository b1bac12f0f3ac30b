// Systems Manager: Parameter Store.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { addTagsToResource } from "./operations/add-tags-to-resource.ts";
import { deleteParameter } from "./operations/delete-parameter.ts";
import { deleteParameters } from "./operations/delete-parameters.ts";
import { describeParameters } from "./operations/describe-parameters.ts";
import { getParameter } from "./operations/get-parameter.ts";
import { getParameterHistory } from "./operations/get-parameter-history.ts";
import { getParameters } from "./operations/get-parameters.ts";
import { getParametersByPath } from "./operations/get-parameters-by-path.ts";
import { labelParameterVersion } from "./operations/label-parameter-version.ts";
import { listTagsForResource } from "./operations/list-tags-for-resource.ts";
import { putParameter } from "./operations/put-parameter.ts";
import { removeTagsFromResource } from "./operations/remove-tags-from-resource.ts";
import { unlabelParameterVersion } from "./operations/unlabel-parameter-version.ts";
import { parametersPort } from "./port.ts";
import { parameter } from "./resources/parameter.ts";
import { tables } from "./store.ts";

export const service = defineService<typeof tables>({
  name: "ssm",
  tables,
  operations: {
    AddTagsToResource: addTagsToResource,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
    DescribeParameters: describeParameters,
    GetParameter: getParameter,
    GetParameterHistory: getParameterHistory,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    LabelParameterVersion: labelParameterVersion,
    ListTagsForResource: listTagsForResource,
    PutParameter: putParameter,
    RemoveTagsFromResource: removeTagsFromResource,
    UnlabelParameterVersion: unlabelParameterVersion,
  },
  access,
  resources: [parameter],
  provides: { parameters: parametersPort },
});
