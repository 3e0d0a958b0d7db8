import { isProblem } from "@/api/problem";

/** Whether the same save may go through a little later, without anything being written otherwise: once there is a network,
 * a server, a session again. */
export const mayPass = (error: unknown) =>
  isProblem(error) && ([0, 401, 429].includes(error.status) || error.status >= 500);

/** Saves a while after the last change, one save at a time: what is written during one goes out with the next. */
export class SaveQueue {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private notBefore = 0;

  constructor(
    /** Sends whatever is to be sent when it is called. Never rejects. */
    private readonly save: () => Promise<void>,
    private readonly waitMs = 900,
  ) {}

  /** Something has changed. */
  touch(afterMs = this.waitMs): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), Math.max(afterMs, this.notBefore - Date.now()));
  }

  /** The server asks to be left in peace: whatever changes meanwhile waits, unless somebody has it saved now. */
  rest(forMs: number): void {
    this.notBefore = Date.now() + forMs;
  }

  /** Saves now, or once what is under way is through; comes back when everything written until then was tried. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.run();
    return this.running;
  }

  private async run(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.save();
      } while (this.again);
    } finally {
      this.running = null;
    }
  }
}
