// Shows a domain; one that is not there is shown empty. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserPoolDomain.html

import type { DescribeUserPoolDomainInput, DescribeUserPoolDomainOutput } from "../../../../models/cognito-idp.d.ts";
import { operation } from "../../store.ts";

export const describeUserPoolDomain = operation<DescribeUserPoolDomainInput, DescribeUserPoolDomainOutput>(
  ({ Domain }, { store }) => ({ DomainDescription: store.domains.get(Domain) ?? {} }),
);
