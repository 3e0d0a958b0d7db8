/** Saves a while after the last change, one save at a time: what is written during one goes out with the next. */
export class SaveQueue {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private again = false;

  constructor(
    /** Sends whatever is to be sent when it is called. Never rejects. */
    private readonly save: () => Promise<void>,
    private readonly waitMs = 900,
  ) {}

  /** Something has changed. */
  touch(afterMs = this.waitMs): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), afterMs);
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

  stop(): void {
    clearTimeout(this.timer);
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
