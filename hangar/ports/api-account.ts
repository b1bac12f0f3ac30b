// What WebSocket APIs ask of what an account's APIs share: its API keys and usage plans, client certificates, and the role for logs.

export type KeyUse = {
  /** What the caller gave as its key. */
  readonly value: string | undefined;
  readonly apiId: string;
  readonly stage: string;
};

/** Whom a key stands for, once the call is counted; else why it is refused. */
export type KeyAnswer =
  | { readonly id: string; readonly value: string }
  | { readonly status: number; readonly message: string; readonly responseType: string };

export type ClientIdentity = { readonly cert: string; readonly key: string };

export type ApiAccountPort = {
  useKey(use: KeyUse): Promise<KeyAnswer>;
  clientCertificate(id: string): Promise<ClientIdentity | undefined>;
  /** Whether API Gateway has a role to write logs with. */
  writesLogs(): Promise<boolean>;
};
