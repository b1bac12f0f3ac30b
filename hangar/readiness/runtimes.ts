// When AWS ends runtimes of Lambda: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, as it stood in the spring of 2026.

export type RuntimeEnd = {
  /** No patches from then on. */
  readonly deprecated: string;
  /** No new function, and no update, from then on. Absent where AWS has put the dates off more than once: the page has today's. */
  readonly blocksCreate?: string;
  readonly blocksUpdate?: string;
};

const end = (deprecated: string, blocksCreate?: string, blocksUpdate?: string): RuntimeEnd =>
  blocksCreate === undefined || blocksUpdate === undefined
    ? { deprecated }
    : { deprecated, blocksCreate, blocksUpdate };

export const runtimeEnds: Readonly<Record<string, RuntimeEnd>> = {
  "nodejs24.x": end("2028-04-30", "2028-06-01", "2028-07-01"),
  "nodejs22.x": end("2027-04-30", "2027-06-01", "2027-07-01"),
  "nodejs20.x": end("2026-04-30"),
  "nodejs18.x": end("2025-09-01"),
  "nodejs16.x": end("2024-06-12"),
  "nodejs14.x": end("2023-12-04", "2024-01-09", "2025-02-28"),
  "nodejs12.x": end("2023-03-31", "2023-03-31", "2023-04-30"),
  "nodejs10.x": end("2021-07-30", "2021-07-30", "2022-02-14"),
  "nodejs8.10": end("2020-03-06", "2020-03-06", "2020-03-06"),
  "nodejs6.10": end("2019-08-12", "2019-08-12", "2019-08-12"),
  "nodejs4.3": end("2020-03-05", "2020-03-05", "2020-03-05"),
  "nodejs4.3-edge": end("2019-04-30", "2019-04-30", "2019-04-30"),
  nodejs: end("2016-10-31", "2016-10-31", "2016-10-31"),
  "python3.14": end("2029-06-30", "2029-07-31", "2029-08-31"),
  "python3.13": end("2029-06-30", "2029-07-31", "2029-08-31"),
  "python3.12": end("2028-10-31", "2028-11-30", "2029-01-10"),
  "python3.10": end("2026-10-31"),
  "python3.9": end("2025-12-15"),
  "python3.8": end("2024-10-14"),
  "python3.7": end("2023-12-04", "2024-01-09", "2025-02-28"),
  "python3.6": end("2022-07-18", "2022-07-18", "2022-08-29"),
  "python2.7": end("2021-07-15", "2021-07-15", "2022-05-30"),
  java25: end("2029-06-30", "2029-07-31", "2029-08-31"),
  java21: end("2029-06-30", "2029-07-31", "2029-08-31"),
  java8: end("2024-01-08", "2024-02-08", "2025-02-28"),
  dotnet10: end("2028-11-14", "2028-12-14", "2029-01-15"),
  dotnet8: end("2026-11-10"),
  dotnet6: end("2024-12-20"),
  "dotnetcore3.1": end("2023-04-03", "2023-04-03", "2023-05-03"),
  "dotnetcore2.1": end("2022-01-05", "2022-01-05", "2022-04-13"),
  "dotnetcore2.0": end("2019-05-30", "2019-05-30", "2019-05-30"),
  "dotnetcore1.0": end("2019-06-27", "2019-06-27", "2019-07-30"),
  "ruby3.4": end("2028-03-31", "2028-04-30", "2028-05-31"),
  "ruby3.3": end("2027-03-31", "2027-04-30", "2027-05-31"),
  "ruby3.2": end("2026-03-31"),
  "ruby2.7": end("2023-12-07", "2024-01-09", "2025-02-28"),
  "ruby2.5": end("2021-07-30", "2021-07-30", "2022-03-31"),
  "go1.x": end("2024-01-08", "2024-02-08", "2025-02-28"),
  provided: end("2024-01-08", "2024-02-08", "2025-02-28"),
};
