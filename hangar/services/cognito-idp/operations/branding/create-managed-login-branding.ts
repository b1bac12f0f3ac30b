// Gives an app client's managed login pages a style. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateManagedLoginBranding.html

import type {
  CreateManagedLoginBrandingInput,
  CreateManagedLoginBrandingOutput,
} from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { brandingExists } from "../../errors.ts";
import { brandingDescription, styled } from "../../rules/login-branding.ts";
import { keyIn, operation } from "../../store.ts";

export const createManagedLoginBranding = operation<CreateManagedLoginBrandingInput, CreateManagedLoginBrandingOutput>(
  ({ UserPoolId, ClientId, ...style }, context) => {
    const { pool, store, client } = clientIn(findPool(context, UserPoolId), ClientId);
    const key = keyIn(pool, client.id);
    if (store.loginBrandings.has(key)) throw brandingExists();
    const now = context.clock.now();
    const empty = { client: client.id, provided: false, assets: [], created: now, modified: now };
    const row = styled({ id: context.ids.uuid(), ...empty }, style);
    store.loginBrandings.put(key, row);
    return { ManagedLoginBranding: brandingDescription(pool.id, row) };
  },
);
