// Removes a pool's domain. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPoolDomain.html

import type { DeleteUserPoolDomainInput, DeleteUserPoolDomainOutput } from "../../../../models/cognito-idp.d.ts";
import { domainIn } from "../../engine/domains.ts";
import { findPool } from "../../engine/find.ts";
import { operation } from "../../store.ts";

export const deleteUserPoolDomain = operation<DeleteUserPoolDomainInput, DeleteUserPoolDomainOutput>(
  (input, context) => {
    const { Domain } = domainIn(findPool(context, input.UserPoolId), input.Domain);
    context.store.domains.delete(Domain);
    return {};
  },
);
