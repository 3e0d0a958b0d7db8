import "i18next";
import type common from "./fr/common";
import type answers from "./fr/answers";
import type decisions from "./fr/decisions";
import type account from "./fr/account";
import type files from "./fr/files";
import type landing from "./fr/landing";
import type conversation from "./fr/conversation";
import type project from "./fr/project";

/** Which sets of words there are: a sentence that is not written is an error of types. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      answers: typeof answers;
      decisions: typeof decisions;
      account: typeof account;
      files: typeof files;
      landing: typeof landing;
      conversation: typeof conversation;
      project: typeof project;
    };
  }
}
