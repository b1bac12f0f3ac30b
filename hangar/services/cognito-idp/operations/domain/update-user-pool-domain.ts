// Changes a domain's certificate or its pages' version. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolDomain.html

import type { UpdateUserPoolDomainInput, UpdateUserPoolDomainOutput } from "../../../../models/cognito-idp.d.ts";
import { domainIn } from "../../engine/domains.ts";
import { findPool } from "../../engine/find.ts";
import { notEmulated } from "../../errors.ts";
import { operation } from "../../store.ts";

export const updateUserPoolDomain = operation<UpdateUserPoolDomainInput, UpdateUserPoolDomainOutput>(
  (input, context) => {
    if (input.Routing !== undefined) throw notEmulated("Routing of user pool domains");
    const domain = domainIn(findPool(context, input.UserPoolId), input.Domain);
    const changed = {
      ...domain,
      CustomDomainConfig: input.CustomDomainConfig ?? domain.CustomDomainConfig,
      ManagedLoginVersion: input.ManagedLoginVersion ?? domain.ManagedLoginVersion,
    };
    context.store.domains.put(domain.Domain, changed);
    const own = changed.CustomDomainConfig?.CertificateArn !== undefined;
    return {
      ManagedLoginVersion: changed.ManagedLoginVersion,
      ...(own ? { CloudFrontDomain: changed.CloudFrontDistribution } : {}),
    };
  },
);
