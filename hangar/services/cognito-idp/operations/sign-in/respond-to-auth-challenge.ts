// Answers a challenge of a sign-in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html

import type { RespondToAuthChallengeInput, RespondToAuthChallengeOutput } from "../../../../models/cognito-idp.d.ts";
import { findClient } from "../../engine/find.ts";
import { respond } from "../../engine/respond.ts";
import { operation } from "../../store.ts";

export const respondToAuthChallenge = operation<RespondToAuthChallengeInput, RespondToAuthChallengeOutput>(
  (input, context) => respond(findClient(context, input.ClientId), input),
);
