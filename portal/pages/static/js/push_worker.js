// Shows what the portal sends to this device: one sentence that names nobody, and the way to the news.

self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification("Assistenz-Portal", {
    body: event.data?.text() ?? "", icon: "/pages/icon.svg", tag: "news", renotify: true,
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(toPortal());
});

/** To a window that is open already, as it is: something may be half written there. */
async function toPortal() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ url }) => new URL(url).pathname === "/");
  return open ? open.focus() : self.clients.openWindow("/#news");
}
