// Words that PartiQL keeps for itself: as names they stand in double quotes.

const SQL_WORDS =
  "absolute action add all allocate alter and any are as asc assertion at authorization avg begin between bit bit_length by cascade cascaded case cast catalog char character character_length char_length check close coalesce collate collation column commit connect connection constraint constraints continue convert corresponding count create cross current current_date current_time current_timestamp current_user cursor date date_add date_diff deallocate dec decimal declare default deferrable deferred delete desc describe descriptor diagnostics disconnect distinct domain double drop else end escape except exception exec execute exists external extract false fetch first float for foreign found from full get global go goto grant group having identity immediate in indicator initially inner input insensitive insert int integer intersect interval into is isolation join key language last left level like local lower match max min module names national natural nchar next no not null nullif numeric octet_length of on only open option or order outer output overlaps pad partial position precision prepare preserve primary prior privileges procedure public read real references relative restrict revoke right rollback rows schema scroll section select session session_user set size smallint some space sql sqlcode sqlerror sqlstate substring sum system_user table temporary then time timestamp to transaction translate translation trim true union unique unknown update upper usage user using value values varchar varying view when whenever where with work write zone";
const PARTIQL_WORDS =
  "missing pivot unpivot limit tuple remove index conflict do nothing returning modified new old let bool boolean string symbol clob blob struct list sexp bag";

export const KEYWORDS: ReadonlySet<string> = new Set(`${SQL_WORDS} ${PARTIQL_WORDS}`.split(" "));

/** Keywords that are operators. */
export const WORD_OPERATORS: ReadonlySet<string> = new Set(
  "and or not is in between like union except intersect".split(" "),
);

/** Keywords that name functions when a parenthesis follows. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  "exists count avg max min sum substring char_length character_length octet_length bit_length upper lower size nullif coalesce".split(
    " ",
  ),
);

/** What may follow IS, and what AWS calls it. */
export const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ...(
    "missing null boolean smallint integer integer4 integer8 float real decimal numeric timestamp date time character string symbol clob blob struct tuple list sexp bag".split(
      " ",
    ) as string[]
  ).map((word) => [word, word.toUpperCase()] as const),
  ["bool", "BOOLEAN"],
  ["int", "INTEGER"],
  ["int2", "SMALLINT"],
  ["integer2", "SMALLINT"],
  ["int4", "INTEGER4"],
  ["int8", "INTEGER8"],
  ["bigint", "INTEGER8"],
  ["dec", "DECIMAL"],
  ["char", "CHARACTER"],
  ["varchar", "CHARACTER_VARYING"],
]);

/** How tightly operators bind what is left and right of them. */
export const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ...(["union", "except", "intersect"] as const).map((word) => [word, 5] as const),
  ["or", 10],
  ["and", 20],
  ["not", 30],
  ...(["=", "<>", "is", "in"] as const).map((word) => [word, 40] as const),
  ...(["<", "<=", ">", ">=", "between", "like"] as const).map((word) => [word, 50] as const),
  ...(["+", "-", "||"] as const).map((word) => [word, 60] as const),
  ...(["*", "/", "%"] as const).map((word) => [word, 70] as const),
]);
