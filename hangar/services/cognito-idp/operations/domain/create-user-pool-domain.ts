// Gives a pool a domain for its hosted pages: a prefix of AWS's, or a name of one's own. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html

import type { CreateUserPoolDomainInput, CreateUserPoolDomainOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool, storesOf } from "../../engine/find.ts";
import { poolDomains } from "../../engine/domains.ts";
import { invalidParameter, notEmulated } from "../../errors.ts";
import { operation, type DomainRow } from "../../store.ts";

const RESERVED = /aws|amazon|cognito/;
const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const OWN_NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
/** As AWS said in https://github.com/mineiros-io/terraform-aws-cognito-user-pool/issues/69 */
const INVALID_PREFIX =
  "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$";

export const createUserPoolDomain = operation<CreateUserPoolDomainInput, CreateUserPoolDomainOutput>(
  (input, context) => {
    const { pool, store } = findPool(context, input.UserPoolId);
    const { Domain, CustomDomainConfig, ManagedLoginVersion = 1 } = input;
    if (input.Routing !== undefined) throw notEmulated("Routing of user pool domains");
    const own = CustomDomainConfig?.CertificateArn !== undefined;
    const word = RESERVED.exec(Domain)?.[0];
    if (!own && word !== undefined) throw invalidParameter(`Domain cannot contain reserved word: ${word}`);
    if (!own && !PREFIX.test(Domain)) throw invalidParameter(INVALID_PREFIX);
    if (own && !OWN_NAME.test(Domain)) throw invalidParameter("Domain name is not valid.");
    for (const each of storesOf(context))
      if (each.domains.has(Domain)) throw invalidParameter("Domain already associated with another user pool.");
    if (poolDomains(store, pool.id).some((each) => own === each.Domain.includes(".")))
      throw invalidParameter("User pool already has a domain configured.");
    const distribution = `d${context.ids.lower(13)}.cloudfront.net`;
    const domain: DomainRow = {
      UserPoolId: pool.id,
      AWSAccountId: pool.account,
      Domain,
      CloudFrontDistribution: distribution,
      Status: "ACTIVE",
      CustomDomainConfig,
      ManagedLoginVersion,
    };
    store.domains.put(Domain, domain);
    return { ManagedLoginVersion, ...(own ? { CloudFrontDomain: distribution } : {}) };
  },
);
