// API Gateway V2's operations on models, by API name.

import { createModel } from "../operations/model/create-model.ts";
import { deleteModel } from "../operations/model/delete-model.ts";
import { getModelTemplate } from "../operations/model/get-model-template.ts";
import { getModel } from "../operations/model/get-model.ts";
import { getModels } from "../operations/model/get-models.ts";
import { updateModel } from "../operations/model/update-model.ts";

export const modelOperations = {
  CreateModel: createModel,
  DeleteModel: deleteModel,
  GetModel: getModel,
  GetModelTemplate: getModelTemplate,
  GetModels: getModels,
  UpdateModel: updateModel,
};
