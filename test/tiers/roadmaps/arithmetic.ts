import Decimal from 'decimal.js';

/** Evaluates plain arithmetic: numbers, + - * /, brackets and round(x, places), which rounds halves to even. */
export function evaluate(formula: string): Decimal {
  const tokens = formula.match(/\d+(?:\.\d+)?(?:e\d+)?|round|[-+*/(),]/g) ?? [];
  if (tokens.join('') !== formula.replaceAll(' ', '')) throw new Error(`cannot read "${formula}"`);
  const reader = new Reader(tokens);
  const value = reader.sum();
  reader.end();
  return value;
}

class Reader {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  sum(): Decimal {
    let value = this.product();
    for (;;) {
      if (this.take('+')) value = value.plus(this.product());
      else if (this.take('-')) value = value.minus(this.product());
      else return value;
    }
  }

  end(): void {
    if (this.position !== this.tokens.length) throw new Error(`"${this.tokens[this.position]}" is left over`);
  }

  private product(): Decimal {
    let value = this.operand();
    for (;;) {
      if (this.take('*')) value = value.times(this.operand());
      else if (this.take('/')) value = value.div(this.operand());
      else return value;
    }
  }

  private operand(): Decimal {
    if (this.take('-')) return this.operand().negated();
    if (this.take('round')) return this.rounded();
    if (this.take('(')) return this.closed(this.sum());
    return new Decimal(this.next());
  }

  private rounded(): Decimal {
    this.expect('(');
    const value = this.sum();
    const places = this.take(',') ? this.sum().toNumber() : 0;
    const unit = new Decimal(10).pow(-places);
    return this.closed(value.div(unit).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).times(unit));
  }

  private closed(value: Decimal): Decimal {
    this.expect(')');
    return value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new Error(`"${token}" expected, got "${this.tokens[this.position]}"`);
  }

  private next(): string {
    const token = this.tokens[this.position] ?? 'the end';
    this.position += 1;
    return token;
  }
}
