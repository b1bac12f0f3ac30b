// Answers a challenge of a sign-in from a server that AWS trusts. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html

import type {
  AdminRespondToAuthChallengeInput,
  AdminRespondToAuthChallengeOutput,
} from "../../../../models/cognito-idp.d.ts";
import { clientIn, findPool } from "../../engine/find.ts";
import { respond } from "../../engine/respond.ts";
import { operation } from "../../store.ts";

export const adminRespondToAuthChallenge = operation<
  AdminRespondToAuthChallengeInput,
  AdminRespondToAuthChallengeOutput
>((input, context) => respond(clientIn(findPool(context, input.UserPoolId), input.ClientId), input));
