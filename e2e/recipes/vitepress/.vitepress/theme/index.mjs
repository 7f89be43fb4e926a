// The fonts of the system do.
export { default } from "vitepress/theme-without-fonts";
