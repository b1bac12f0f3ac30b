// Shows an app client. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolClient.html

import type { DescribeUserPoolClientInput, DescribeUserPoolClientOutput } from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { clientDescription } from "../../rules/pool-description.ts";
import { operation } from "../../store.ts";

export const describeUserPoolClient = operation<DescribeUserPoolClientInput, DescribeUserPoolClientOutput>(
  ({ UserPoolId, ClientId }, context) => ({
    UserPoolClient: clientDescription(clientIn(findPool(context, UserPoolId), ClientId).client),
  }),
);
