// Deletes a secret when its recovery window ends.

import { removeSecret } from "../rules/find-secret.ts";
import type { SecretsContext } from "../store.ts";

export function deleteSecret({ name }: { readonly name: string }, context: SecretsContext): void {
  const secret = context.store.secrets.get(name);
  if (secret?.deletion !== undefined && secret.deletion.at <= context.clock.now()) removeSecret(context, secret);
}
