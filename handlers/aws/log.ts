// Structured logs: one JSON object a line.
type Fields = Readonly<Record<string, unknown>>;

const write = (level: "info" | "warn" | "error", message: string, fields: Fields): void => {
  console[level](JSON.stringify({ level, message, ...fields }));
};

export const log = {
  info: (message: string, fields: Fields = {}): void => write("info", message, fields),
  warn: (message: string, fields: Fields = {}): void => write("warn", message, fields),
  error: (message: string, error: unknown, fields: Fields = {}): void =>
    write("error", message, {
      ...fields,
      error: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : String(error),
    }),
};
