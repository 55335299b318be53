// One who fills in forms with the keyboard alone: what Tab does not reach cannot be answered.

/** More stops than the longest page has. */
const FAR = 500;

export class Keyboard {
  constructor(page) {
    this.page = page;
    this.press = (key) => page.keyboard.press(key);
  }

  /** Presses Tab until the focus is on `wanted`; of a group of radios any of them will do. */
  async reach(wanted) {
    const control = await wanted.elementHandle();
    for (let stops = 0; stops <= FAR; stops += 1) {
      const there = await control.evaluate((one) => {
        const now = document.activeElement;
        return now === one || (one.type === "radio" && now?.type === "radio" && now.name === one.name && now.form === one.form);
      });
      if (there) return control;
      await this.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${wanted} on ${this.page.url()}`);
  }

  /** In place of what stands there. */
  async type(wanted, words) {
    await this.reach(wanted);
    await this.press("ControlOrMeta+A");
    await this.press("Delete");
    await this.page.keyboard.type(words);
  }

  async tick(...boxes) {
    for (const box of boxes) {
      const control = await this.reach(box);
      if (!(await control.isChecked())) await this.press("Space");
    }
  }

  /** Goes from radio to radio by the arrows. */
  async choose(wanted) {
    const control = await this.reach(wanted);
    await this.press("Space");
    for (let stops = 0; !(await control.isChecked()); stops += 1) {
      if (stops > 20) throw new Error(`the arrows do not reach ${wanted} on ${this.page.url()}`);
      await this.press("ArrowDown");
    }
  }

  /** Of a list that unfolds: by its first letters. */
  async pick(list, label) {
    const control = await this.reach(list);
    await this.page.keyboard.type(label);
    const picked = await control.evaluate((one) => one.selectedOptions[0]?.label);
    if (picked !== label) throw new Error(`“${label}” was typed and “${picked}” picked`);
  }

  /** Presses a link or button, and waits for the page it leads to. */
  async follow(wanted) {
    await this.reach(wanted);
    await Promise.all([this.page.waitForEvent("framenavigated"), this.press("Enter")]);
    await this.page.waitForLoadState();
  }
}
