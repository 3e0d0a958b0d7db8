import "@/design/mantine.css";
import "virtual:theme.css";
import "@/design/global.css";
import "@/first/first.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { queries } from "@/api/queries";
import { askForLocalProduct } from "@/app/localProduct";
import { opened, router } from "@/app/router";
import { Loading } from "@/design/States";
import { theme } from "@/design/theme";
import { startWords } from "@/i18n";
import { chosen } from "@/i18n/chosen";

// Links in e-mails that were sent before the site had paths of its own lead to where they always did.
if (location.hash.startsWith("#/")) history.replaceState(null, "", location.hash.slice(1));

// The first page written ahead stays until this one, whole, takes its place: nothing of it moves.
void askForLocalProduct(queries);
await startWords(chosen());
await opened();
createRoot(document.getElementById("root")!).render(
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
    <QueryClientProvider client={queries}>
      <Suspense fallback={<Loading />}>
        <RouterProvider router={router} />
      </Suspense>
    </QueryClientProvider>
  </MantineProvider>,
);
