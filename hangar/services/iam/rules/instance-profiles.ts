// Instance profiles by name.

import { noSuchEntity } from "../errors.ts";
import { accountStore, nameKey, type IamContext, type InstanceProfile } from "../store.ts";

export function profileNamed(context: IamContext, name: string): InstanceProfile {
  const profile = accountStore(context).instanceProfiles.get(nameKey(name));
  if (profile === undefined) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return profile;
}

export function putProfile(context: IamContext, profile: InstanceProfile): void {
  accountStore(context).instanceProfiles.put(nameKey(profile.InstanceProfileName), profile);
}
