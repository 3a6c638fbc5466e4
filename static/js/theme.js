/* Light or dark paper before the first paint: the reader's wish, else the system's. A served page comes with the wish
   (webapp/theme.py), for to look into the browser's storage holds up the first frame; a page on a disk has to. A classic
   script. */
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "qamtu-theme";
  const YEAR = 31536000; // s
  const onDisk = location.protocol === "file:";
  let { wish } = root.dataset;
  if (onDisk) kept(() => { wish = localStorage.getItem(KEY); });

  root.classList.remove("no-js");
  root.classList.add("js");
  apply();
  system.addEventListener("change", apply);
  window.qamtuTheme = {
    get: () => root.dataset.theme,
    set(theme) {
      wish = theme;
      if (onDisk) kept(() => localStorage.setItem(KEY, theme));
      else kept(() => { document.cookie = `qamtu_theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax`; });
      apply();
    },
  };

  function apply() {
    const theme = wish === "dark" || wish === "light" ? wish : system.matches ? "dark" : "light";
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    root.dispatchEvent(new CustomEvent("themechange"));
  }

  function kept(run) {
    try {
      run();
    } catch {
      // a sandboxed frame has no storage: the choice lasts as long as the page
    }
  }
})();
