// API Gateway V2's operations on stages, by API name.

import { createStage } from "../operations/stage/create-stage.ts";
import { deleteAccessLogSettings } from "../operations/stage/delete-access-log-settings.ts";
import { deleteRouteSettings } from "../operations/stage/delete-route-settings.ts";
import { deleteStage } from "../operations/stage/delete-stage.ts";
import { getStage } from "../operations/stage/get-stage.ts";
import { getStages } from "../operations/stage/get-stages.ts";
import { resetAuthorizersCache } from "../operations/stage/reset-authorizers-cache.ts";
import { updateStage } from "../operations/stage/update-stage.ts";

export const stageOperations = {
  CreateStage: createStage,
  DeleteAccessLogSettings: deleteAccessLogSettings,
  DeleteRouteSettings: deleteRouteSettings,
  DeleteStage: deleteStage,
  GetStage: getStage,
  GetStages: getStages,
  ResetAuthorizersCache: resetAuthorizersCache,
  UpdateStage: updateStage,
};
