// Puts the prepared HTML (escaped on the server) in the page and brings the marked words into view.
export default function ({ data, parentElement }) {
  const page = parentElement.querySelector(".page");
  if (page.dataset.identity === data.identity) return;
  page.dataset.identity = data.identity;
  page.setAttribute("aria-label", data.title);
  page.innerHTML = data.html;
  const scroll = () => {
    const mark = page.querySelector("mark");
    if (!mark) { page.scrollTop = 0; return; }
    const offset = mark.getBoundingClientRect().top - page.getBoundingClientRect().top;
    page.scrollTop += offset - Math.min(page.clientHeight / 4, 140);
  };
  scroll();
  // The columns are still taking their widths when this runs first, and lines break anew.
  const settled = new ResizeObserver(scroll);
  settled.observe(page);
  const stop = setTimeout(() => settled.disconnect(), 800);
  return () => { clearTimeout(stop); settled.disconnect(); };
}
