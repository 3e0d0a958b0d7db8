import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { queries } from "@/api/queries";
import { Shell } from "@/app/Shell";
import { theme } from "@/design/theme";
import { startWords, type Language } from "@/i18n";
import ForgotPassword from "@/pages/account/ForgotPassword";
import SignIn from "@/pages/account/SignIn";
import SignUp from "@/pages/account/SignUp";
import Accessibility from "@/pages/public/Accessibility";
import HowOrdered from "@/pages/public/HowOrdered";
import Landing from "@/pages/public/Landing";
import PrivacyNotice from "@/pages/public/PrivacyNotice";
import Promised from "@/pages/public/Promise";
import Rates from "@/pages/public/Rates";

/** The pages that strangers come by. What they read from the API comes into its place with the scripts. */
export const AHEAD: Record<string, ComponentType> = {
  "/": Landing,
  "/how-profiles-are-ordered": HowOrdered,
  "/rates": Rates,
  "/promise": Promised,
  "/accessibility": Accessibility,
  "/privacy-notice": PrivacyNotice,
  "/sign-in": SignIn,
  "/sign-up": SignUp,
  "/forgot-password": ForgotPassword,
};

/** One of them as a stranger gets it, for the build to write into its document. What is written there would be lost
 * when the scripts take its place: its forms take nothing before. */
export async function written(path: string, language: Language, sets: readonly string[]): Promise<string> {
  await startWords(language, sets);
  const Screen = AHEAD[path]!;
  const router = createMemoryRouter([{ element: <Shell />, children: [{ path, element: <Screen /> }] }], { initialEntries: [path] });
  return renderToStaticMarkup(
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  ).replaceAll("<form", "<form inert");
}
