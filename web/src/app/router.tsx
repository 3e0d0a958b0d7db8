import { createBrowserRouter } from "react-router";
import { accountRoutes } from "@/pages/account/routes";
import { adminRoutes } from "@/pages/admin/routes";
import { freelancerRoutes } from "@/pages/freelancer/routes";
import { producerRoutes } from "@/pages/producer/routes";
import { publicRoutes } from "@/pages/public/routes";
import { sharedRoutes } from "@/pages/shared/routes";
import { announce } from "./coming";
import { Broken, NotFound } from "./errors";
import { Home, ownHome } from "./Home";
import { Shell } from "./Shell";

/** Every address of the site. Each space lists its own, and loads a screen when it is first opened. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Broken />,
    hydrateFallbackElement: <></>,
    children: [
      {
        errorElement: <Broken />,
        children: [
          { index: true, lazy: async () => (await ownHome(), { element: <Home /> }) },
          ...publicRoutes,
          ...accountRoutes,
          ...producerRoutes,
          ...freelancerRoutes,
          ...sharedRoutes,
          ...adminRoutes,
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
]);

router.subscribe(({ navigation }) => announce(navigation));

/** The screen that was asked for is there. */
export const opened = (): Promise<void> =>
  new Promise((done) => {
    if (router.state.initialized) return done();
    const stop = router.subscribe(({ initialized }) => {
      if (!initialized) return;
      stop();
      done();
    });
  });
