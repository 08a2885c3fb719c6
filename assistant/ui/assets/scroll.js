// Brings the newest question to the top when `moment` is another than before; the answer stands below it.
export default function ({ data, parentElement }) {
  const memory = parentElement.querySelector("span");
  if (memory.dataset.moment === data.moment) return;
  memory.dataset.moment = data.moment;
  let tries = 0;
  const scroll = () => {
    const target = document.getElementById(data.target);
    if (target) target.scrollIntoView({ block: "start" });
    else if (tries++ < 20) timer = setTimeout(scroll, 50);
  };
  let timer = setTimeout(scroll, 50);
  return () => clearTimeout(timer);
}
