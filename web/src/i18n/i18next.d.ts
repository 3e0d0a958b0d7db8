import "i18next";
import type common from "./fr/common";
import type account from "./fr/account";
import type landing from "./fr/landing";
import type project from "./fr/project";
import type producerHome from "./fr/producerHome";
import type brief from "./fr/brief";

/** Which sets of words there are: a sentence that is not written is an error of types. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      account: typeof account;
      landing: typeof landing;
      project: typeof project;
      producerHome: typeof producerHome;
      brief: typeof brief;
    };
  }
}
