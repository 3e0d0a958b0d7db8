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
import Landing from "@/pages/public/Landing";

/** The pages by which strangers come, and that are there before the API has said anything. */
export const AHEAD: Record<string, ComponentType> = {
  "/": Landing,
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
