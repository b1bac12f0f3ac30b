// What services ask of Secrets Manager and Parameter Store.

export type SecretsPort = {
  /** `{{resolve:secretsmanager:…}}`: the secret's text. */
  value(
    secretId: string,
    options?: { readonly versionStage?: string | undefined; readonly versionId?: string | undefined },
  ): Promise<string>;
};

export type ParametersPort = {
  /** A parameter's value, decrypted; undefined when there is none. */
  value(
    name: string,
    version?: number,
  ): Promise<{ readonly value: string; readonly type: string; readonly version: number } | undefined>;
};
