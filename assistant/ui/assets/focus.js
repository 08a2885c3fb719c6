// Puts the cursor in a field that was just opened, when `moment` is another than before.
export default function ({ data, parentElement }) {
  const memory = parentElement.querySelector("span");
  if (memory.dataset.moment === data.moment) return;
  memory.dataset.moment = data.moment;
  let tries = 0;
  const focus = () => {
    const field = document.querySelector(`.st-key-${data.target} :is(textarea, input)`);
    if (field) field.focus({ preventScroll: false });
    else if (tries++ < 20) timer = setTimeout(focus, 50);
  };
  let timer = setTimeout(focus, 50);
  return () => clearTimeout(timer);
}
