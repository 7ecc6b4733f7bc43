// What every page has around its view: the choice of the language and the way past the head.
import { language, useLanguage } from "./texts.js";

/** Draws the frame in the reader's language; `speak` draws the page in another one. */
export async function startFrame(speak) {
  const chooser = document.querySelector("#language");
  await useLanguage(language);
  chooser.value = language;
  chooser.addEventListener("change", async () => {
    await speak(chooser.value);
    chooser.focus();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.querySelector("#main").focus();
  });
}
