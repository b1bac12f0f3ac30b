// The operations of IAM on simulated calls, by API name.

import { simulateCustomPolicy } from "../operations/simulation/simulate-custom-policy.ts";
import { simulatePrincipalPolicy } from "../operations/simulation/simulate-principal-policy.ts";

export const simulationOperations = {
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
};
