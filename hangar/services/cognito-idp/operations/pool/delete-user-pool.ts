// Deletes a pool with all that belongs to it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html

import type { Table } from "../../../../kernel/table.ts";
import type { DeleteUserPoolInput } from "../../../../models/cognito-idp.d.ts";
import { poolDomains } from "../../engine/domains.ts";
import { findPool } from "../../engine/find.ts";
import { removeUser } from "../../engine/users.ts";
import { invalidParameter } from "../../errors.ts";
import { keyIn, operation, type Place } from "../../store.ts";

export const deleteUserPool = operation<DeleteUserPoolInput, Record<string, never>>((input, context) => {
  const place = findPool(context, input.UserPoolId);
  const { pool, store } = place;
  if (pool.settings.DeletionProtection === "ACTIVE")
    throw invalidParameter(
      "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    );
  if (poolDomains(store, pool.id).length > 0)
    throw invalidParameter("User pool cannot be deleted. It has a domain configured that should be deleted first.");
  removeContents(place);
  store.pools.delete(pool.id);
  return {};
});

function removeContents(place: Place): void {
  const { pool, store } = place;
  for (const user of store.users.rows({ prefix: keyIn(pool, "") })) removeUser(place, user);
  for (const client of store.clients.rows({ prefix: keyIn(pool, "") })) store.poolsOfClients.delete(client.id);
  const { clients, resourceServers, groups, identityProviders, identities, loginBrandings, uiCustomizations } = store;
  const tables: readonly Table<unknown>[] = [
    clients,
    resourceServers,
    groups,
    identityProviders,
    identities,
    loginBrandings,
    uiCustomizations,
  ] as never;
  for (const table of tables) for (const key of table.keys({ prefix: keyIn(pool, "") })) table.delete(key);
  store.signingKeys.delete(pool.id);
  store.signingCertificates.delete(pool.id);
}
