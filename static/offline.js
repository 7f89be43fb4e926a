// Has the site kept in this browser, for when there is no network, and says when a newer version is here.
//
// The newer version never takes over by itself: it would take the text and its undo steps from under the reader.

const BUILD = document.documentElement.dataset.build;
const ASK_AGAIN_AFTER_MILLISECONDS = 60 * 60 * 1000;

/**
 * Starts keeping the site. `keepText` is called before the page loads anew; when it throws, the page stays.
 *
 * Where the browser keeps nothing for sites (private windows of some, addresses without https), newer versions are still told.
 */
export async function keepSite(keepText) {
  const workers = navigator.serviceWorker;
  const registration = await workers?.register("./sw.js").catch(() => undefined);
  // A worker is active once it has the whole site.
  if (registration) workers.ready.then(() => (document.documentElement.dataset.kept = ""));

  const load = () => {
    keepText();
    if (registration?.waiting) {
      workers.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting.postMessage("take over");
    } else {
      location.reload();
    }
  };

  const lookAtWaiting = async () => {
    // Without an active worker the waiting one is the first, and already on its way in.
    if (registration.waiting && registration.active && (await newestBuild().catch(() => undefined)) !== BUILD) announce(load);
  };

  let asked = Date.now();
  const askForNewer = async () => {
    if (document.hidden || Date.now() - asked < ASK_AGAIN_AFTER_MILLISECONDS) return;
    asked = Date.now();
    if ((await newestBuild()) === BUILD) return;
    if (registration) await registration.update();
    else announce(load);
  };
  document.addEventListener("visibilitychange", () => askForNewer().catch(() => {}));

  if (registration) {
    registration.addEventListener("updatefound", () =>
      registration.installing?.addEventListener("statechange", lookAtWaiting));
    await lookAtWaiting();
  }
}

async function newestBuild() {
  const answer = await fetch(new URL("version.json", import.meta.url), { cache: "no-store" });
  return (await answer.json()).build;
}

function announce(load) {
  const words = document.createElement("p");
  words.textContent = "A new version is here. What you typed stays.";
  const news = document.getElementById("news");
  news.replaceChildren(
    words,
    button("Load it", "button button--strong", load),
    button("Later", "button", () => news.replaceChildren()),
  );
}

function button(title, classes, run) {
  const button = document.createElement("button");
  button.className = classes;
  button.textContent = title;
  button.addEventListener("click", run);
  return button;
}
