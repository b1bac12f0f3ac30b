// API Gateway's operations on stages, by API name.

import { createStage } from "../operations/stage/create-stage.ts";
import { deleteStage } from "../operations/stage/delete-stage.ts";
import { flushStageAuthorizersCache } from "../operations/stage/flush-stage-authorizers-cache.ts";
import { flushStageCache } from "../operations/stage/flush-stage-cache.ts";
import { getExport } from "../operations/stage/get-export.ts";
import { getStage } from "../operations/stage/get-stage.ts";
import { getStages } from "../operations/stage/get-stages.ts";
import { updateStage } from "../operations/stage/update-stage.ts";

export const stageOperations = {
  CreateStage: createStage,
  DeleteStage: deleteStage,
  FlushStageAuthorizersCache: flushStageAuthorizersCache,
  FlushStageCache: flushStageCache,
  GetExport: getExport,
  GetStage: getStage,
  GetStages: getStages,
  UpdateStage: updateStage,
};
