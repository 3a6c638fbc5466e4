/* Light or dark paper, chosen before the first paint: the reader's wish, else the system's. A classic script. */
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "qamtu-theme";
  let wish = remembered();

  root.classList.remove("no-js");
  root.classList.add("js");
  apply();
  system.addEventListener("change", apply);
  window.qamtuTheme = {
    get: () => root.dataset.theme,
    set(theme) {
      wish = theme;
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // a sandboxed frame has no storage: the choice lasts as long as the page
      }
      apply();
    },
  };

  function apply() {
    const theme = wish === "dark" || wish === "light" ? wish : system.matches ? "dark" : "light";
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    root.dispatchEvent(new CustomEvent("themechange"));
  }

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }
})();
