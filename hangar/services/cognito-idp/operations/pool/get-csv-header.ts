// Shows the columns of a file of users for a pool. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetCSVHeader.html

import type { GetCSVHeaderInput, GetCSVHeaderOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { operation } from "../../store.ts";

/** As AWS has them, in its order. */
const FIRST =
  "name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at".split(
    " ",
  );

export const getCsvHeader = operation<GetCSVHeaderInput, GetCSVHeaderOutput>(({ UserPoolId }, context) => {
  const { pool } = findPool(context, UserPoolId);
  const own = pool.schema.flatMap(({ Name = "" }) => (Name.includes("custom:") ? [Name] : []));
  return { UserPoolId, CSVHeader: [...FIRST, ...own, "cognito:mfa_enabled", "cognito:username"] };
});
