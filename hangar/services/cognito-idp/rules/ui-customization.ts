// How a pool's hosted pages look: style and logo, of one app client or of all.
// https://docs.aws.amazon.com/cognito/latest/developerguide/hosted-ui-classic-branding.html

import type { UICustomizationType } from "../../../models/cognito-idp.d.ts";
import { invalidParameter } from "../errors.ts";

/** Of the clients that have none of their own. */
export const ALL_CLIENTS = "ALL";

export type UiCustomizationRow = {
  readonly client: string;
  readonly css?: string | undefined;
  readonly image?: Uint8Array | undefined;
  readonly created: number;
  readonly modified: number;
};

const MOST_IMAGE = 100 * 1024;

const CLASSES = new Set(
  `background banner errorMessage idpButton idpDescription inputField label legalText logo passwordCheck-notValid
  passwordCheck-valid redirect socialButton submitButton textDescription`
    .split(/\s+/)
    .map((name) => `.${name}-customizable`),
);

/** Only the classes of AWS's pages may be named, with or without a state such as `:hover`. */
export function checkCss(css: string): void {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "");
  if (/[<@]/.test(plain)) throw invalidParameter("CSS contains characters or rules that are not allowed.");
  for (const [, selectors = ""] of plain.matchAll(/([^{}]*)\{[^{}]*\}/g))
    for (const selector of selectors.split(",")) {
      const name = selector.trim().replace(/:[a-z-]+$/, "");
      if (!CLASSES.has(name)) throw invalidParameter(`The CSS class ${name} is not allowed.`);
    }
}

const KINDS: Readonly<Record<string, string>> = { ffd8ff: "image/jpeg", "89504e": "image/png" };

export function imageType(image: Uint8Array): string | undefined {
  return KINDS[Buffer.from(image.subarray(0, 3)).toString("hex")];
}

export function checkImage(image: Uint8Array): void {
  if (image.length > MOST_IMAGE) throw invalidParameter("The image file is larger than 100 KB.");
  if (imageType(image) === undefined) throw invalidParameter("The image file must be a JPEG or PNG.");
}

/** `20260131120000`. */
function versionOf(time: number): string {
  return new Date(time).toISOString().replace(/\D/g, "").slice(0, 14);
}

type Shown = { readonly pool: string; readonly imageUrl: string };

export function uiDescription(row: UiCustomizationRow, { pool, imageUrl }: Shown): UICustomizationType {
  return {
    UserPoolId: pool,
    ClientId: row.client,
    ...(row.image === undefined ? {} : { ImageUrl: imageUrl }),
    ...(row.css === undefined ? {} : { CSS: row.css }),
    CSSVersion: versionOf(row.modified),
    LastModifiedDate: new Date(row.modified),
    CreationDate: new Date(row.created),
  };
}
