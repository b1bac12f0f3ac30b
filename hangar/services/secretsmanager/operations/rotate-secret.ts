// Sets up rotation by a Lambda function, and rotates. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { RotateSecretInput, RotateSecretOutput } from "../../../models/secretsmanager.d.ts";
import { invalidRequest } from "../errors.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { tokenIn } from "../rules/new-value.ts";
import { runStep, scheduled, type Step, withPending } from "../rules/rotation.ts";
import { checkRules } from "../rules/rotation-schedule.ts";
import { type Secret, type SecretsContext, operation } from "../store.ts";

export const rotateSecret = operation<RotateSecretInput, RotateSecretOutput>(async (input, context) => {
  const secret = liveSecret(context, input.SecretId);
  if (input.ExternalSecretRotationRoleArn !== undefined) throw notEmulated("rotation of external secrets");
  const lambda = input.RotationLambdaARN ?? secret.rotation?.lambda;
  if (lambda === undefined) throw invalidRequest("No Lambda rotation function ARN is associated with this secret.");
  const rules = input.RotationRules ?? secret.rotation?.rules ?? {};
  checkRules(rules);
  const configured: Secret = scheduled(context, {
    ...secret,
    rotation: { ...secret.rotation, enabled: true, lambda, rules },
  });
  if (input.RotateImmediately === false) {
    await tryOut(context, {
      before: secret,
      after: configured,
      step: "testSecret",
      token: tokenIn(context, input.ClientRequestToken),
    });
    return { ARN: secret.arn, Name: secret.name };
  }
  const pending = withPending(context, configured, tokenIn(context, input.ClientRequestToken));
  const ran = await tryOut(context, {
    before: secret,
    after: pending.secret,
    step: "createSecret",
    token: pending.token,
  });
  if (ran) context.scheduler.later("secretsmanager.rotate", { name: secret.name, token: pending.token, from: 1 });
  return { ARN: secret.arn, Name: secret.name, VersionId: pending.token };
});

type Trial = { readonly before: Secret; readonly after: Secret; readonly step: Step; readonly token: string };

/** Nothing stays of a rotation whose function may not be called. */
async function tryOut(context: SecretsContext, { before, after, step, token }: Trial): Promise<boolean> {
  putSecret(context, after);
  try {
    return await runStep(context, after, { step, token });
  } catch (error) {
    if (after.rotation?.work !== undefined) context.scheduler.cancel(after.rotation.work);
    putSecret(context, before);
    throw error;
  }
}
