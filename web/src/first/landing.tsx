import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { createMemoryRouter, RouterProvider } from "react-router";
import { queries } from "@/api/queries";
import { Shell } from "@/app/Shell";
import { theme } from "@/design/theme";
import { startWords, type Language } from "@/i18n";
import Landing from "@/pages/public/Landing";

/** The first page as a stranger gets it, for the build to write into the document. */
export async function landing(language: Language): Promise<string> {
  await startWords(language, ["landing"]);
  const router = createMemoryRouter([{ element: <Shell />, children: [{ index: true, element: <Landing /> }] }]);
  return renderToStaticMarkup(
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
