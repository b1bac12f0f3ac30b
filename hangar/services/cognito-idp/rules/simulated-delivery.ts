// Where a code would have gone to a user who is not there: the same at every try.

import { createHash } from "node:crypto";
import type { CodeDeliveryDetailsType } from "../../../models/cognito-idp.d.ts";

export function simulatedDelivery(username: string): CodeDeliveryDetailsType {
  const [first = "a", second = "b"] =
    createHash("sha256").update(username).digest("base64").toLowerCase().match(/[a-z]/g) ?? [];
  return { Destination: `${first}***@${second}***`, DeliveryMedium: "EMAIL", AttributeName: "email" };
}
