// Gives the endpoint to call: this one. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html

import type { DescribeEndpointsInput, DescribeEndpointsOutput } from "../../../models/dynamodb.d.ts";
import { operation } from "../store.ts";

export const describeEndpoints = operation<DescribeEndpointsInput, DescribeEndpointsOutput>((_input, { request }) => ({
  Endpoints: [{ Address: request.host, CachePeriodInMinutes: 1440 }],
}));
