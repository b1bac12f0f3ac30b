// What the SDK throws, for tests: code, status and message.

export async function failure(call: Promise<unknown>): Promise<[code: string, status: number, message: string]> {
  const error = (await call.then(
    () => new Error("nothing: the call succeeded"),
    (thrown: unknown) => thrown,
  )) as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  return [error.name, error.$metadata?.httpStatusCode ?? 0, error.message];
}
