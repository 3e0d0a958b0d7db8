import "i18next";
import type common from "./fr/common";
import type account from "./fr/account";
import type landing from "./fr/landing";
import type people from "./fr/people";
import type project from "./fr/project";

/** Which sets of words there are: a sentence that is not written is an error of types. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      account: typeof account;
      landing: typeof landing;
      people: typeof people;
      project: typeof project;
    };
  }
}
