/** Follows which share of the bytes of several files has been read. */
export class ShareRead {
  private readonly total: number;
  private readonly tell: (share: number) => void;
  /** The bytes of the files before the present one. */
  private before = 0;
  private size = 0;
  private own = 0;

  /** `sizes`: those of the files, in bytes; `tell`: called with the share, from 0 to 1. */
  constructor(sizes: number[], tell: (share: number) => void) {
    this.total = sizes.reduce((sum, size) => sum + size, 0);
    this.tell = tell;
  }

  /** The file that was read is at its end, and one of this size begins. */
  begin(size: number): void {
    this.before += this.size;
    this.size = size;
    this.own = 0;
    this.show();
  }

  readonly add = (bytes: number): void => {
    this.own = Math.min(this.size, this.own + bytes);
    this.show();
  };

  /** All files are read. */
  end(): void {
    this.tell(1);
  }

  private show(): void {
    if (this.total > 0) this.tell((this.before + this.own) / this.total);
  }
}
