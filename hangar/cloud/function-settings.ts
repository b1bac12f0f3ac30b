// How functions run for a world and the forks made from it, beside what their tags say.

export type FunctionSettings = {
  /** What handlers take for the time: the host's, when absent, or the world's. */
  readonly lambdaClock?: "host" | "world" | undefined;
  /** Whether execution environments are shared with other forks, when absent, or made anew for each. */
  readonly isolation?: "shared" | "fresh" | undefined;
  /** Functions by name whose environments are made anew, whatever `isolation` says. */
  readonly isolated?: readonly string[] | undefined;
};

/** Functions that start open Node's debugger. */
export type Inspect = {
  /** On 127.0.0.1, the first that may be taken. */
  readonly port: number;
  /** Told where each one listens. */
  readonly tell: (line: string) => void;
};

/** Those of `own` over those of the world it is a fork of. */
export function inherited(from: FunctionSettings, own: FunctionSettings): FunctionSettings {
  return {
    lambdaClock: own.lambdaClock ?? from.lambdaClock,
    isolation: own.isolation ?? from.isolation,
    isolated: [...(from.isolated ?? []), ...(own.isolated ?? [])],
  };
}

/** With one more function that has environments of its own; all of them when no name is given. */
export function isolating(settings: FunctionSettings, name: string | undefined): FunctionSettings {
  return inherited(settings, name === undefined ? { isolation: "fresh" } : { isolated: [name] });
}
