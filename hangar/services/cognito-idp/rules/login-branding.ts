// The style of an app client's managed login pages. https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-branding.html

import type { AssetType, ManagedLoginBrandingType } from "../../../models/cognito-idp.d.ts";
import { invalidParameter } from "../errors.ts";

export type LoginBrandingRow = {
  readonly id: string;
  readonly client: string;
  /** AWS's own style. */
  readonly provided: boolean;
  /** The branding designer's document. */
  readonly settings?: unknown;
  readonly assets: readonly AssetType[];
  readonly created: number;
  readonly modified: number;
};

export type Styled = {
  readonly UseCognitoProvidedValues?: boolean | undefined;
  readonly Settings?: unknown;
  readonly Assets?: readonly AssetType[] | undefined;
};

/** What is not given stays; AWS's own style takes all else away. */
export function styled(
  row: LoginBrandingRow,
  { UseCognitoProvidedValues, Settings, Assets }: Styled,
): LoginBrandingRow {
  const own = Settings !== undefined || (Assets ?? []).length > 0;
  if (UseCognitoProvidedValues === true && own)
    throw invalidParameter("Settings and Assets cannot be given with UseCognitoProvidedValues.");
  const { settings: _before, ...rest } = row;
  if (UseCognitoProvidedValues === true) return { ...rest, provided: true, assets: [] };
  const settings = Settings ?? row.settings;
  return {
    ...rest,
    provided: own ? false : (UseCognitoProvidedValues ?? row.provided),
    assets: Assets ?? row.assets,
    ...(settings === undefined ? {} : { settings }),
  };
}

/** AWS leaves settings out where there are none, and lists assets always. */
export function brandingDescription(pool: string, row: LoginBrandingRow): ManagedLoginBrandingType {
  return {
    ManagedLoginBrandingId: row.id,
    UserPoolId: pool,
    UseCognitoProvidedValues: row.provided,
    ...(row.settings === undefined ? {} : { Settings: row.settings }),
    Assets: row.assets,
    CreationDate: new Date(row.created),
    LastModifiedDate: new Date(row.modified),
  };
}
