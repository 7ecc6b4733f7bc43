// The home of somebody whose account is not released yet: it follows the account.
import { announce } from "./dom.js";
import { holdsUnsent } from "./kept.js";
import { drawNewest } from "./newest.js";
import { viewer as askViewer } from "./session.js";
import { whenNews } from "./unread.js";

/** Shows the home; where news says that another step comes next, `again` draws everything anew. */
export async function showWaiting(viewer, show, again) {
  const look = () => drawNewest(viewer, askViewer, async (present) => {
    if (present.nextStep === viewer.nextStep) return;
    if (!holdsUnsent()) await again();
    announce(present.nextStep);
  }).catch(() => {});
  const leave = await show();
  const end = whenNews(look);
  return () => {
    end();
    return leave?.();
  };
}
