import { themes } from "prism-react-renderer";

export default {
  title: "Our handbook",
  url: "https://handbook.example",
  baseUrl: "/",
  trailingSlash: true,
  scripts: [{ src: "https://drydock.example/enhance.js", type: "module" }],
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false, pages: false, sitemap: false }]],
  themeConfig: { prism: { theme: themes.github, darkTheme: themes.dracula } },
};
