// Ten of the forty tests.

import { testsOfOrder } from "./forty.ts";

testsOfOrder("2-a");
testsOfOrder("2-b");
