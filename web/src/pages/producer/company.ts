import { queryOptions } from "@tanstack/react-query";
import { heldQuery } from "./company/company";

/** The company one acts for; null while there is none. */
export const companyQuery = queryOptions({ ...heldQuery, select: (held) => held?.value ?? null });
