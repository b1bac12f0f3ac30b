// Lists the deployments of an API. https://docs.aws.amazon.com/apigateway/latest/api/API_GetDeployments.html

import type { GetDeploymentsInput, GetDeploymentsOutput } from "../../../../models/apigateway.d.ts";
import { deploymentAnswer } from "../../rules/answers.ts";
import { page } from "../../rules/pages.ts";
import { apiOf, operation, under } from "../../store.ts";

export const getDeployments = operation<GetDeploymentsInput, GetDeploymentsOutput>((input, context) => {
  const { id } = apiOf(context, input.restApiId);
  const rows = [...context.store.deployments.rows(under(id))].toSorted((a, b) => a.createdDate - b.createdDate);
  return page(
    rows.map((row) => [row.id, deploymentAnswer(row)] as const),
    input,
  );
});
