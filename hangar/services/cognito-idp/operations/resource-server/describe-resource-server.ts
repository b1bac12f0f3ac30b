// Shows a resource server. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeResourceServer.html

import type { DescribeResourceServerInput, DescribeResourceServerOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { resourceServerIn } from "../../engine/resource-servers.ts";
import { operation } from "../../store.ts";

export const describeResourceServer = operation<DescribeResourceServerInput, DescribeResourceServerOutput>(
  ({ UserPoolId, Identifier }, context) => ({
    ResourceServer: resourceServerIn(findPool(context, UserPoolId), Identifier),
  }),
);
