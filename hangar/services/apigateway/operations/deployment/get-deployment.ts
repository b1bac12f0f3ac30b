// Describes a deployment. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployment.html

import type { GetDeploymentInput, GetDeploymentOutput } from "../../../../models/apigateway.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { deploymentOf, operation } from "../../store.ts";

export const getDeployment = operation<GetDeploymentInput, GetDeploymentOutput>((input, context) =>
  deploymentAnswer(
    deploymentOf(context, input.restApiId, input.deploymentId),
    input.embed?.some((part) => part.toLowerCase() === "apisummary") ?? false,
  ),
);
