// API Gateway V2's operations on deployments, by API name.

import { createDeployment } from "../operations/deployment/create-deployment.ts";
import { deleteDeployment } from "../operations/deployment/delete-deployment.ts";
import { getDeployment } from "../operations/deployment/get-deployment.ts";
import { getDeployments } from "../operations/deployment/get-deployments.ts";
import { updateDeployment } from "../operations/deployment/update-deployment.ts";

export const deploymentOperations = {
  CreateDeployment: createDeployment,
  DeleteDeployment: deleteDeployment,
  GetDeployment: getDeployment,
  GetDeployments: getDeployments,
  UpdateDeployment: updateDeployment,
};
