// What services ask of CloudWatch Logs.

export type LogLine = { readonly timestamp: number; readonly message: string };

export type LogsPort = {
  /** Creates group and stream when missing (as the service-linked writers do) and appends. */
  write(group: string, stream: string, lines: readonly LogLine[]): Promise<void>;
};
