// A process that requires this lives in another century, and draws other random numbers.
const RealDate = Date;
const shift = 100 * 365.25 * 24 * 3600 * 1000;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }
  static now() {
    return RealDate.now() + shift;
  }
};
let drawn = 0;
Math.random = () => (drawn = (drawn * 9301 + 49297) % 233280) / 233280;
