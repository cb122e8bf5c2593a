// In a process that requires this, each look at the clock finds it CLOCK_STEP milliseconds further on, or back, than the last one left it.
const RealDate = Date;
const step = Number(process.env.CLOCK_STEP);
let jumped = 0;
const jumping = () => RealDate.now() + (jumped += step);
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(jumping());
    else super(...given);
  }
  static now() {
    return jumping();
  }
};
