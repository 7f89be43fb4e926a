// Before the first paint: the theme, so that nothing flashes. A classic script, because modules wait for the whole page.
(() => {
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

  function showTheme() {
    let chosen = null;
    try {
      chosen = localStorage.getItem("drydock.theme");
    } catch {
      // Without storage the system decides.
    }
    const theme = chosen === "light" || chosen === "dark" ? chosen : systemIsDark.matches ? "dark" : "light";
    document.documentElement.dataset.theme = theme;
  }

  showTheme();
  systemIsDark.addEventListener("change", showTheme);
  // Another tab's choice, or this one's: the page sends itself the same event.
  addEventListener("storage", showTheme);
})();
